// Renders templates with Go's own text/template and sprig: one JSON case per line in, one JSON result per line out.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strconv"
	"text/template"
	"time"

	"github.com/Masterminds/sprig/v3"
	"sigs.k8s.io/yaml"
)

type request struct {
	Text       string          `json:"text"`
	Functions  string          `json:"functions"`
	MissingKey string          `json:"missingKey"`
	Data       json.RawMessage `json:"data"`
	Typed      bool            `json:"typed"`
}

type answer struct {
	Output string `json:"output"`
	Error  string `json:"error"`
}

// Mode is an enum with a name, as protobuf code has them.
type Mode int32

func (m Mode) String() string { return "MODE_" + strconv.Itoa(int(m)) }

type Port struct {
	Name   string `json:"name,omitempty"`
	Number int32  `json:"number"`
}

type Settings struct {
	Level   string  `json:"level,omitempty"`
	Count   *int64  `json:"count,omitempty"`
	Ratio   float64 `json:"ratio,omitempty"`
	Mode    Mode    `json:"mode,omitempty"`
	Enabled bool    `json:"enabled,omitempty"`
}

// GetLevel may be asked of nothing, as protobuf getters may.
func (s *Settings) GetLevel() string {
	if s == nil {
		return "none"
	}
	return s.Level
}

// Join has arguments.
func (s *Settings) Join(words ...string) string {
	out := s.Level
	for _, word := range words {
		out += "+" + word
	}
	return out
}

// Fails is a method that does.
func (s *Settings) Fails() (string, error) { return "", errors.New("it failed") }

type Root struct {
	Name     string            `json:"name"`
	Labels   map[string]string `json:"labels,omitempty"`
	Ports    []Port            `json:"ports,omitempty"`
	Settings *Settings         `json:"settings,omitempty"`
	Absent   *Settings         `json:"absent,omitempty"`
	Any      any               `json:"any,omitempty"`
	Values   map[string]any    `json:"values,omitempty"`
	Numbers  map[int]string    `json:"numbers,omitempty"`
	Inner    Settings          `json:"inner"`
}

func toYaml(value any) (string, error) {
	out, err := yaml.Marshal(value)
	return string(out), err
}

func run(r request) (a answer) {
	t := template.New("t").Option("missingkey=" + r.MissingKey)
	if r.Functions == "sprig" {
		t = t.Funcs(sprig.TxtFuncMap()).Funcs(template.FuncMap{"toYaml": toYaml})
	}
	t, err := t.Parse(r.Text)
	if err != nil {
		return answer{Error: err.Error()}
	}
	var data any
	if r.Typed {
		root := &Root{}
		err = json.Unmarshal(r.Data, root)
		data = root
	} else {
		err = json.Unmarshal(r.Data, &data)
	}
	if err != nil {
		return answer{Error: "data: " + err.Error()}
	}
	var out bytes.Buffer
	if err := t.Execute(&out, data); err != nil {
		return answer{Error: err.Error()}
	}
	return answer{Output: out.String()}
}

// A template that runs for ages (a loop over a huge number, a template that calls itself twice) is given up on. Its
// goroutine cannot be stopped, but ends with the program.
func bounded(r request) answer {
	done := make(chan answer, 1)
	go func() { done <- run(r) }()
	select {
	case a := <-done:
		return a
	case <-time.After(5 * time.Second):
		return answer{Error: "timed out"}
	}
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	for in.Scan() {
		var r request
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			panic(err)
		}
		if err := encoder.Encode(bounded(r)); err != nil {
			panic(err)
		}
	}
	if err := in.Err(); err != nil {
		panic(err)
	}
}
