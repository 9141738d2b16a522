package app_test

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"quarterdeck/app"
)

// bound is every method that a page can call. One that is added, renamed or removed
// changes the page as well.
func bound(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("testdata/methods.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(text))
}

func methods() []reflect.Method {
	t := reflect.TypeFor[*app.API]()
	var out []reflect.Method
	for i := range t.NumMethod() {
		out = append(out, t.Method(i))
	}
	return out
}

func TestBoundMethodsAreTheseAndNoOthers(t *testing.T) {
	var got []string
	for _, m := range methods() {
		got = append(got, m.Name)
	}
	slices.Sort(got)
	if *update {
		if err := os.WriteFile("testdata/methods.txt", []byte(strings.Join(got, "\n")+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if want := bound(t); !slices.Equal(got, want) {
		t.Fatalf("bound are\n%v\nwant\n%v", got, want)
	}
}

func TestBoundMethodsKeepTheRulesOfTheBridge(t *testing.T) {
	for _, m := range methods() {
		f := m.Type
		if n := f.NumOut(); n < 1 || n > 2 || f.Out(n-1) != reflect.TypeFor[error]() {
			t.Errorf("%s: answers are an error, or a view and an error", m.Name)
		}
		if f.IsVariadic() || f.NumIn() > 2 {
			t.Errorf("%s: one input is enough", m.Name)
		}
		for i := 1; i < f.NumIn(); i++ {
			crosses(t, m.Name, f.In(i), false)
		}
		if f.NumOut() == 2 {
			crosses(t, m.Name, f.Out(0), false)
		}
	}
	crosses(t, "event", reflect.TypeFor[app.Notify](), false)
}

// crosses checks that values of a type cross the bridge unharmed: text, truth, whole
// numbers, lists and structs of this package. A pointer is a part that may be missing.
func crosses(t *testing.T, where string, v reflect.Type, optional bool) {
	t.Helper()
	switch v.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64:
		if v.PkgPath() != "" {
			t.Errorf("%s: %v has a name of its own; the bindings would not know it", where, v)
		}
	case reflect.Slice:
		if v.Elem().Kind() == reflect.Uint8 || v.Elem().Kind() == reflect.Pointer {
			t.Errorf("%s: %v", where, v)
		}
		crosses(t, where+"[]", v.Elem(), false)
	case reflect.Pointer:
		if !optional {
			t.Errorf("%s: a pointer that is not omitempty", where)
		}
		crosses(t, where, v.Elem(), false)
	case reflect.Struct:
		if v.PkgPath() != reflect.TypeFor[app.API]().PkgPath() {
			t.Errorf("%s: %v is not a view or an input", where, v)
			return
		}
		for i := range v.NumField() {
			f := v.Field(i)
			name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
			if !f.IsExported() || f.Anonymous || name != camel(f.Name) {
				t.Errorf("%s.%s: the page would know it as %q", where, f.Name, name)
			}
			isPointer := f.Type.Kind() == reflect.Pointer
			if option != "" && !(isPointer && option == "omitempty") {
				t.Errorf("%s.%s: only what may be missing is left out", where, f.Name)
			}
			crosses(t, where+"."+f.Name, f.Type, isPointer && option == "omitempty")
		}
	default: // maps, interfaces, functions, channels, and floats, which may be NaN and then end the program
		t.Errorf("%s: %v must not cross the bridge", where, v)
	}
}

// camel is a Go field's name as the page writes it.
func camel(name string) string {
	if name == strings.ToUpper(name) {
		return strings.ToLower(name)
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// script is a Go type as the page's language writes it.
func script(v reflect.Type) string {
	switch v.Kind() {
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64:
		return "number"
	case reflect.Slice:
		return script(v.Elem()) + "[]"
	case reflect.Pointer:
		return script(v.Elem())
	}
	return v.Name()
}

// shapes are the structs that cross the bridge, as lines of the page's language.
func shapes() map[string][]string {
	out := map[string][]string{}
	var add func(reflect.Type)
	add = func(v reflect.Type) {
		switch v.Kind() {
		case reflect.Slice, reflect.Pointer:
			add(v.Elem())
		case reflect.Struct:
			if _, ok := out[v.Name()]; ok {
				return
			}
			out[v.Name()] = nil
			for i := range v.NumField() {
				f := v.Field(i)
				name, _, optional := strings.Cut(f.Tag.Get("json"), ",")
				out[v.Name()] = append(out[v.Name()], fmt.Sprintf("%s%s: %s", name, map[bool]string{true: "?"}[optional], script(f.Type)))
				add(f.Type)
			}
		}
	}
	add(reflect.TypeFor[app.Notify]())
	for _, m := range methods() {
		for i := 1; i < m.Type.NumIn(); i++ {
			add(m.Type.In(i))
		}
		if m.Type.NumOut() == 2 {
			add(m.Type.Out(0))
		}
	}
	return out
}

var (
	interfaces = regexp.MustCompile(`(?s)export interface (\w+) \{(.*?)\}`)
	fields     = regexp.MustCompile(`(?m)^\s*(\w+\??: [^;]+);`)
	functions  = regexp.MustCompile(`(?m)^export function (\w+)\((.*?)\):Promise<(.*)>;$`)
)

// The generator itself runs in `make bindings-check`; this finds the same drift in a moment.
func TestBindingsNameEveryShape(t *testing.T) {
	source, err := os.ReadFile("../frontend/wailsjs/go/models.ts")
	if err != nil {
		t.Fatal(err)
	}
	want := shapes()
	for _, m := range interfaces.FindAllStringSubmatch(string(source), -1) {
		var got []string
		for _, f := range fields.FindAllStringSubmatch(m[2], -1) {
			got = append(got, f[1])
		}
		if !slices.Equal(got, want[m[1]]) {
			t.Errorf("%s is %q, want %q: make bindings", m[1], got, want[m[1]])
		}
		delete(want, m[1])
	}
	if len(want) > 0 {
		t.Errorf("not in the bindings: %v: make bindings", want)
	}
}

func TestBindingsNameEveryMethod(t *testing.T) {
	source, err := os.ReadFile("../frontend/wailsjs/go/app/API.d.ts")
	if err != nil {
		t.Fatal(err)
	}
	generated := func(v reflect.Type) string {
		name := script(v)
		if v.Kind() == reflect.Slice {
			return "Array<app." + script(v.Elem()) + ">"
		}
		if v.Kind() == reflect.Struct {
			return "app." + name
		}
		return name
	}
	got := functions.FindAllStringSubmatch(string(source), -1)
	if want := bound(t); len(got) != len(want) {
		t.Errorf("%d functions for %d methods: make bindings", len(got), len(want))
	}
	for _, m := range methods() {
		in, out := "", "void"
		if m.Type.NumIn() == 2 {
			in = "arg1:" + generated(m.Type.In(1))
		}
		if m.Type.NumOut() == 2 {
			out = generated(m.Type.Out(0))
		}
		if !slices.ContainsFunc(got, func(f []string) bool { return f[1] == m.Name && f[2] == in && f[3] == out }) {
			t.Errorf("no %s(%s): %s in the bindings: make bindings", m.Name, in, out)
		}
	}
}
