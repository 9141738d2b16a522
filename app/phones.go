package app

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/oncall"
	"quarterdeck/internal/workspace"
)

// phoneList is a page to be printed: black on white, a row a person, nothing from outside.
var phoneList = template.Must(template.New("phones").Parse(`<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Phone list</title>
<style>body{font:14px/1.4 sans-serif;margin:2em;color:#000;background:#fff}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-bottom:1px solid #999}tr{break-inside:avoid}td.phone{font-weight:bold;white-space:nowrap}</style>
<h1>Phone list</h1>
<p>As of {{.At}}.</p>
<table><thead><tr><th>Name</th><th>Phone</th><th>E-mail</th><th>Zone</th><th>On call</th><th>Notes</th></tr></thead><tbody>
{{range .Rows}}<tr><td>{{.Name}}</td><td class="phone">{{.Phone}}</td><td>{{.Email}}</td><td>{{.Zone}}</td><td>{{.OnCall}}</td><td>{{.Notes}}</td></tr>
{{end}}</tbody></table></html>
`))

type phoneRow struct{ Name, Phone, Email, Zone, OnCall, Notes string }

// PhoneList is everybody whom the team knows as a page to be printed and kept, with what
// they are on call for now. It is for the day on which no screen works.
func (a *API) PhoneList() (v ExportView, err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return v, err
	}
	people := b.rota.People()
	if len(people) == 0 {
		return v, fault.New(fault.NotFound, "nobody is known here").WithHint("add people first")
	}
	now := b.clock.Now()
	on := map[string][]string{}
	for _, r := range b.rota.onCallView(b.inForce().Kit, now, now).Rows {
		for _, o := range r.On {
			what := r.Schedule
			if r.Lane != "" {
				what += " (" + r.Lane + ")"
			}
			on[o.Name] = append(on[o.Name], what)
		}
	}
	var rows []phoneRow
	for _, p := range people {
		rows = append(rows, phoneRow{p.Name, p.Phone, p.Email, p.Zone, strings.Join(on[p.Name], ", "), p.Notes})
	}
	slices.SortFunc(rows, func(a, b phoneRow) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	var buf bytes.Buffer
	err = phoneList.Execute(&buf, struct {
		At   string
		Rows []phoneRow
	}{now.UTC().Format("2006-01-02 15:04") + " UTC", rows})
	return ExportView{Name: "phone-list.html", Type: "text/html", Text: buf.String(), Lost: []string{}}, err
}

// DropPerson takes somebody out of people.yaml, by name and address. What records say of
// them stays.
func (a *API) DropPerson(in ContactInput) (err error) {
	defer guard(&err)
	_, b, err := a.ready()
	if err != nil {
		return err
	}
	if in.Name == "" {
		return fault.Input("name", "nobody is named").WithHint("say whom to take out")
	}
	return b.rotaChanged(workspace.ChangePeople(b.Data, func(list []oncall.Person) ([]oncall.Person, error) {
		had := len(list)
		list = slices.DeleteFunc(slices.Clone(list), func(p oncall.Person) bool { return p.Name == in.Name && p.Email == in.Email })
		if len(list) == had {
			return nil, fault.New(fault.NotFound, "nobody is called %.60q", in.Name).WithHint("look at the list again")
		}
		return list, nil
	}))
}
