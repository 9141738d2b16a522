package app_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"quarterdeck/app"
	"quarterdeck/internal/fault"
)

// every calls each bound method with empty inputs and hands on its error.
func every(api *app.API, check func(method string, err error)) {
	v := reflect.ValueOf(api)
	for _, m := range methods() {
		var in []reflect.Value
		for i := 1; i < m.Type.NumIn(); i++ {
			in = append(in, reflect.Zero(m.Type.In(i)))
		}
		out := v.MethodByName(m.Name).Call(in)
		err, _ := out[len(out)-1].Interface().(error)
		check(m.Name, err)
	}
}

func TestCallsBeforeTheBackendIsThereSaySo(t *testing.T) {
	every(new(app.API), func(method string, err error) {
		if f := fault.Of(err); err == nil || f.Code != fault.Unreachable || f.Hint == "" {
			t.Errorf("%s: %+v", method, f)
		}
	})
}

func TestCallsSayWhyTheBackendDidNotOpen(t *testing.T) {
	api := new(app.API)
	app.Refuse(api, fmt.Errorf("app: open: %w", fault.New(fault.Refused, "written by a newer Quarterdeck")))
	every(api, func(method string, err error) {
		if f := fault.Of(err); err == nil || f.Code != fault.Refused || f.Message != "written by a newer Quarterdeck" {
			t.Errorf("%s: %+v", method, f)
		}
	})
}

func TestCallsWaitWhileTheBackendOpens(t *testing.T) {
	api := new(app.API)
	app.Await(api)
	answers := make(chan error)
	go func() {
		_, err := api.Watch("")
		answers <- err
	}()
	select {
	case err := <-answers:
		t.Fatalf("answered before it was open: %v", err)
	default:
	}
	app.Refuse(api, fault.New(fault.Refused, "written by a newer Quarterdeck"))
	if err := <-answers; !fault.Is(err, fault.Refused) {
		t.Errorf("%v", err)
	}
	if _, err := api.Watch(""); !fault.Is(err, fault.Refused) {
		t.Errorf("afterwards: %v", err)
	}
}

func TestAPanicBecomesAFault(t *testing.T) {
	api := new(app.API)
	app.Attach(api, &app.Backend{Data: t.TempDir()}) // nothing in it: whatever a call touches is nil
	panics := 0
	every(api, func(method string, err error) {
		if fault.Is(err, fault.Internal) && strings.Contains(fault.Of(err).Error(), "panic") {
			panics++
		}
	})
	if panics < 5 {
		t.Errorf("only %d methods panicked: this shows nothing", panics)
	}
}

func TestEmptyInputIsAnsweredWithAFaultForPeople(t *testing.T) {
	s := sit(t)
	fine := map[string]bool{"Acknowledge": true, "Alarms": true, "Audible": true, "Focused": true, "Kept": true, "ReadAway": true, "SetKeys": true, "SetPrefs": true, "Silence": true, "Watch": true, "ParseLine": true, "Declaring": true, "Similar": true, "Compare": true,
		"Outbox": true, "Routes": true, "PreviewChannel": true, "OnCall": true, "People": true, "RefreshCalendars": true, "Relief": true, "Secrets": true,
		"RoutesFile": true, "SetRoutesFile": true, "Metrics": true, "MetricsDocument": true, "MetricsSheet": true, "Unfinished": true, "Hints": true, "Calculator": true, "CalculatorSheet": true, "CalculatorDocument": true, "Blanks": true}
	fine["SlackManifest"] = true // takes nothing, and is always there
	every(s.API, func(method string, err error) {
		switch {
		case method == "TryAlarm": // takes nothing; there is no desktop here
			if !fault.Is(err, fault.Unreachable) {
				t.Errorf("%s: %v", method, err)
			}
		case searching[method]:
			s.must(err)
		case method == "Real": // only a drill becomes real
			if !fault.Is(err, fault.Refused) {
				t.Errorf("%s: %v", method, err)
			}
		case method == "ExportOverrides" || method == "PhoneList": // take nothing; there is none
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: %v", method, err)
			}
		case fine[method] && err != nil:
			t.Errorf("%s: %v", method, err)
		case !fine[method] && !fault.Is(err, fault.Invalid):
			t.Errorf("%s: %v", method, err)
		}
	})
}

func TestFaultsCrossAsOneText(t *testing.T) {
	for _, err := range []error{
		fault.Input("title", "a title with \"quotes\" and\nlines").WithHint("<b>"),
		fmt.Errorf("store: append: %w", fault.New(fault.Conflict, "it moved on")),
		errors.New("a secret detail of the machine"),
	} {
		text := app.FaultJSON(err)
		var got map[string]string
		if e := json.Unmarshal([]byte(text), &got); e != nil {
			t.Fatalf("%s: %v", text, e)
		}
		f := fault.Of(err)
		want := map[string]string{"code": string(f.Code), "message": f.Message, "hint": f.Hint, "field": f.Field}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s, want %v", text, want)
		}
		if strings.Contains(text, "secret detail") {
			t.Errorf("%s tells what belongs in the log", text)
		}
	}
}
