package account_test

import (
	"testing"

	"quarterdeck/internal/account"
)

func TestSpread(t *testing.T) {
	for name, tt := range map[string]struct {
		of   []int64
		want account.Spread
	}{
		"none":           {nil, account.Spread{}},
		"one":            {[]int64{7}, account.Spread{N: 1, Median: 7, P25: 7, P75: 7, Mean: 7, Least: 7, Most: 7}},
		"two":            {[]int64{10, 20}, account.Spread{N: 2, Median: 15, P25: 13, P75: 18, Mean: 15, Least: 10, Most: 20}}, // 12.5 and 17.5, halves up
		"five, any way":  {[]int64{50, 10, 40, 20, 30}, account.Spread{N: 5, Median: 30, P25: 20, P75: 40, Mean: 30, Least: 10, Most: 50}},
		"ten, as in R":   {[]int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 100}, account.Spread{N: 10, Median: 6, P25: 3, P75: 8, Mean: 15, Least: 1, Most: 100}}, // 5.5, 3.25, 7.75, 14.5
		"zeros are some": {[]int64{0, 0, 0}, account.Spread{N: 3}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := account.SpreadOf(tt.of); got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}
