package workspace

import (
	"quarterdeck/internal/oncall"
)

// PeopleFile is the name of the file of people in the data folder.
const PeopleFile = "people.yaml"

type peopleYAML struct {
	People []personYAML `yaml:"people"`
}

type personYAML struct {
	Name    string   `yaml:"name"`
	Email   string   `yaml:"email,omitempty"`
	Aliases []string `yaml:"aliases,omitempty"`
	Phone   string   `yaml:"phone,omitempty"`
	Zone    string   `yaml:"zone,omitempty"`
	Notes   string   `yaml:"notes,omitempty"`
	Slack   string   `yaml:"slack,omitempty"`
}

const peopleHead = `# The people whom the team knows: by these names calendars and roles find them.
# email and aliases (user names, other addresses) stand for one person each.
# slack is the id of their account there, for invitations and mentions.
`

// ReadPeople reads people.yaml; a folder without it has none. The fault Invalid names
// each line at fault.
func ReadPeople(dir string) ([]oncall.Person, error) {
	var y peopleYAML
	d, err := readDocument(dir, PeopleFile, &y)
	if err != nil {
		return nil, err
	}
	out := make([]oncall.Person, len(y.People))
	for i, p := range y.People {
		out[i] = oncall.Person(p)
	}
	return out, d.mistakes(mistakesOf(oncall.CheckPeople(out)))
}

// WritePeople writes people.yaml whole.
func WritePeople(dir string, people []oncall.Person) error {
	y := peopleYAML{People: make([]personYAML, len(people))}
	for i, p := range people {
		y.People[i] = personYAML(p)
	}
	if err := (document{path: PeopleFile}).mistakes(mistakesOf(oncall.CheckPeople(people))); err != nil {
		return err
	}
	return writeDocument(dir, PeopleFile, peopleHead, y)
}

// ChangePeople reads the people, has them changed, and writes them. Nothing is written
// when the change refuses, or when the file cannot be read.
func ChangePeople(dir string, how func([]oncall.Person) ([]oncall.Person, error)) error {
	var people []oncall.Person
	return change(dir, PeopleFile, func() (err error) {
		if people, err = ReadPeople(dir); err == nil {
			people, err = how(people)
		}
		return err
	}, func() error { return WritePeople(dir, people) })
}

func mistakesOf(list []oncall.Problem) []Mistake {
	out := make([]Mistake, len(list))
	for i, p := range list {
		out[i] = Mistake(p)
	}
	return out
}
