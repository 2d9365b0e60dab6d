// Renders injection templates with Go's own text/template and sprig, on types shaped like those of istiod: structs with
// fields, protobuf messages with methods, values as maps. Reads one JSON request a line, answers one a line.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/yaml"
)

type Mode int32

func (m Mode) String() string { return []string{"REDIRECT", "TPROXY", "NONE"}[m] }

type BoolValue struct{ Value bool }

func (b *BoolValue) GetValue() bool { return b != nil && b.Value }

type TlsSettings struct{ CaCertificates string }

func (t *TlsSettings) GetCaCertificates() string {
	if t == nil {
		return ""
	}
	return t.CaCertificates
}

type Tracing struct{ TlsSettings *TlsSettings }

func (t *Tracing) GetTlsSettings() *TlsSettings {
	if t == nil {
		return nil
	}
	return t.TlsSettings
}

type ProxyConfig struct {
	InterceptionMode                Mode
	ProxyMetadata                   map[string]string
	HoldApplicationUntilProxyStarts *BoolValue
	Tracing                         *Tracing
	DiscoveryAddress                string
	text                            string
}

func (p *ProxyConfig) GetTracing() *Tracing { return p.Tracing }

type Opentelemetry struct {
	Service                    string `json:"service,omitempty"`
	ServiceAttributeEnrichment string `json:"serviceAttributeEnrichment,omitempty"`
}

type Provider struct {
	Name          string
	Opentelemetry *Opentelemetry
}

func (p *Provider) GetOpentelemetry() *Opentelemetry { return p.Opentelemetry }

type MeshConfig struct {
	ProxyListenPort        int32
	ProxyInboundListenPort int32
	TrustDomain            string
	ExtensionProviders     []*Provider
}

type TypeMeta struct{ Kind, APIVersion string }

type NamespacedName struct{ Namespace, Name string }

type UID string

type ObjectMeta struct {
	Name, Namespace     string
	UID                 UID
	Labels, Annotations map[string]string
}

type ContainerPort struct {
	Name          string `json:"name,omitempty"`
	HostPort      int32  `json:"hostPort,omitempty"`
	ContainerPort int32  `json:"containerPort"`
	Protocol      string `json:"protocol,omitempty"`
}

type Container struct {
	Name, Image string
	Ports       []ContainerPort
}

type PodSpec struct {
	Containers         []Container
	ServiceAccountName string
}

type Sidecar struct {
	TypeMeta                 TypeMeta
	DeploymentMeta           NamespacedName
	ObjectMeta               ObjectMeta
	Spec                     PodSpec
	ProxyConfig              *ProxyConfig
	MeshConfig               *MeshConfig
	Values                   map[string]any
	Revision                 string
	NativeSidecars           bool
	ProxyImage               string
	ProxyUID, ProxyGID       int64
	InboundTrafficPolicyMode string
	CompliancePolicy         string
}

type GatewayAddress struct{ Value string }

type GatewaySpec struct{ Addresses []GatewayAddress }

type GatewayObject struct {
	ObjectMeta
	Spec GatewaySpec
}

type ServicePort struct {
	Name        string
	Port        int32
	AppProtocol *string
}

type Gateway struct {
	*GatewayObject
	DeploymentName, ServiceAccount, ServiceType, ClusterID string
	Ports                                                  []ServicePort
	Revision                                               string
	InfrastructureLabels, InfrastructureAnnotations        map[string]string
	GatewayNameLabel, GatewayClass, ControllerLabel        string
	ProxyConfig                                            *ProxyConfig
	MeshConfig                                             *MeshConfig
	Values                                                 map[string]any
	ProxyImage, AgentgatewayImage                          string
	ProxyUID, ProxyGID                                     int64
	CompliancePolicy                                       string
}

func asJSON(value any) string {
	if config, ok := value.(*ProxyConfig); ok {
		return config.text
	}
	out, _ := json.Marshal(value)
	return string(out)
}

func without(port any, excluded string) string {
	wanted := strings.TrimSpace(fmt.Sprint(port))
	if wanted == "" || wanted == "0" {
		return excluded
	}
	kept := []string{}
	for _, each := range strings.Split(excluded, ",") {
		if each == wanted {
			return excluded
		}
		if each = strings.TrimSpace(each); each != "" {
			kept = append(kept, each)
		}
	}
	return strings.Join(append(kept, wanted), ",")
}

func merged(maps ...map[string]string) map[string]string {
	out := map[string]string{}
	for _, each := range maps {
		for key, value := range each {
			out[key] = value
		}
	}
	return out
}

var functions = template.FuncMap{
	"annotation": func(meta ObjectMeta, name string, otherwise any) string {
		if value, ok := meta.Annotations[name]; ok {
			return value
		}
		return fmt.Sprint(otherwise)
	},
	"appendMultusNetwork": func(existing, network string) string {
		if existing == "" {
			return network
		}
		return existing + ", " + network
	},
	"contains":           func(part, text string) bool { return strings.Contains(text, part) },
	"directory":          func(file string) string { dir, _ := path.Split(file); return dir },
	"env":                func(_, otherwise string) string { return otherwise },
	"excludeInboundPort": without,
	"fromJSON": func(text string) any {
		var out any
		if json.Unmarshal([]byte(text), &out) != nil {
			return "{}"
		}
		return out
	},
	"indent": func(spaces int, text string) string {
		return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", spaces))
	},
	"isset": func(from map[string]string, key string) bool { _, ok := from[key]; return ok },
	"omit": func(from map[string]string, keys ...string) map[string]string {
		out := merged(from)
		for _, key := range keys {
			delete(out, key)
		}
		return out
	},
	"protoToJSON":  asJSON,
	"structToJSON": asJSON,
	"strdict": func(words ...string) map[string]string {
		out := map[string]string{}
		for i := 0; i+1 < len(words); i += 2 {
			out[words[i]] = words[i+1]
		}
		return out
	},
	"toJsonMap": func(maps ...map[string]string) string { return asJSON(merged(maps...)) },
	"toLower":   strings.ToLower,
	"toYaml":    func(value any) string { out, _ := yaml.Marshal(value); return string(out) },
	"valueOrDefault": func(value, otherwise any) any {
		if value == "" || value == nil {
			return otherwise
		}
		return value
	},
}

type request struct {
	Text            string
	Sidecar         *Sidecar
	Gateway         *Gateway
	ProxyConfigJSON string
}

type answer struct {
	Output string `json:"output"`
	Error  string `json:"error"`
}

func run(line []byte) answer {
	var r request
	if err := json.Unmarshal(line, &r); err != nil {
		return answer{Error: err.Error()}
	}
	parsed, err := template.New("inject").Funcs(sprig.TxtFuncMap()).Funcs(functions).Parse(r.Text)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var data any
	if r.Sidecar != nil {
		r.Sidecar.ProxyConfig.text = r.ProxyConfigJSON
		data = r.Sidecar
	} else {
		r.Gateway.ProxyConfig.text = r.ProxyConfigJSON
		data = r.Gateway
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, data); err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Output: out.String()}
}

func main() {
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			out, _ := json.Marshal(run(line))
			fmt.Println(string(out))
		}
		if err != nil {
			return
		}
	}
}
