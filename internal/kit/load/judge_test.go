package load

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"quarterdeck/internal/fault"
	"quarterdeck/internal/kit"
)

// compared is what somebody answers to the ten pairs of the built-in kit; by gives how many
// times the first of a pair weighs the second.
func compared(name string, by func(more, than string) int) kit.Judge {
	j := kit.Judge{Name: name}
	ids := []string{"data", "users", "function", "money", "spread"}
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			j.Pairs = append(j.Pairs, kit.Pair{More: a, Than: b, By: by(a, b)})
		}
	}
	return j
}

func TestComparisonsAreWrittenIntoTheKit(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kit")
	if _, err := Init(dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "assessment.yaml")
	read := func() string {
		t.Helper()
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	before := read()
	even := func(string, string) int { return 1 }
	if err := PutJudge(dir, compared("Ana: \"the first\"", even), "Default"); err != nil {
		t.Fatal(err)
	}
	if err := PutJudge(dir, compared("Ben", func(a, _ string) int { return map[bool]int{true: 3, false: 1}[a == "data"] })); err != nil {
		t.Fatal(err)
	}
	if err := PutJudge(dir, compared("Ben", even)); err != nil { // once more: his earlier answers go
		t.Fatal(err)
	}
	k, problems, err := Folder(dir)
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	if js := k.Assessment.Judges; len(js) != 2 || js[0].Name != "Ana: \"the first\"" || js[1].Name != "Ben" || js[1].Pairs[0].By != 1 {
		t.Fatalf("%+v", js)
	}
	for _, kept := range []string{"# How a severity is proposed", "# The weights come from comparing", "# The least score, of 100", "# Minutes until the severity is looked at again."} {
		if !strings.Contains(read(), kept) {
			t.Errorf("the comment %q is gone", kept)
		}
	}
	if was, is := strings.Index(before, "floors:"), strings.Index(read(), "floors:"); before[was:] != read()[is:] {
		t.Error("what stands below the comparisons changed")
	}

	// In a circle: refused with the pair, and nothing is written.
	now := read()
	circle := compared("Dee", func(a, b string) int { return 9 })
	for i, p := range circle.Pairs {
		if p.More == "data" && p.Than == "spread" {
			circle.Pairs[i] = kit.Pair{More: "spread", Than: "data", By: 9}
		}
	}
	err = PutJudge(dir, circle)
	f := fault.Of(err)
	if f == nil || f.Code != fault.Invalid || f.Field != "pairs" || !strings.Contains(f.Message, "0.10") || !strings.Contains(f.Hint, "spread over data by 9") {
		t.Fatalf("%v %q", err, f.Hint)
	}
	if err := PutJudge(dir, kit.Judge{Name: "Eve", Pairs: circle.Pairs[:3]}); !fault.Is(err, fault.Invalid) {
		t.Errorf("half of the pairs: %v", err)
	}
	if read() != now {
		t.Error("what was refused was written")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".assessment-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	if err := os.WriteFile(filepath.Join(dir, "types.yaml"), []byte("- id: x\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := PutJudge(dir, compared("Ana", even)); !fault.Is(err, fault.Conflict) {
		t.Errorf("into a kit with a mistake: %v", err)
	}
	if err := PutJudge(t.TempDir(), compared("Ana", even)); err == nil {
		t.Error("into a folder without a kit")
	}
}
