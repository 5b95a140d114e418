package currency

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPlaces(t *testing.T) {
	for code, want := range map[string]int{
		"EUR": 2, "USD": 2, "CNY": 2, "JPY": 0, "KWD": 3, "CLF": 4, "UYW": 4, "XAU": 0, "MRU": 2, "ISK": 0, "XCG": 2, "SLE": 2, "ZWG": 2, "BGN": 2, "HRK": 2, "ANG": 2,
	} {
		places, ok := Places(code)
		assert.True(t, ok, code)
		assert.Equal(t, want, places, code)
	}
	for _, code := range []string{"", "EU", "EURO", "eur", "EU ", " EU", "R U", "LTL", "MRO", "STD", "XYZ", "EUX", "UR ", "EUR FJD", "EUR "} {
		places, ok := Places(code)
		assert.Zero(t, places, code)
		assert.False(t, ok, code)
	}
}

func TestTable(t *testing.T) {
	var all []string
	for _, list := range []string{places0, places2, places3, places4, withdrawn} {
		codes := strings.Fields(list)
		assert.Equal(t, strings.Join(codes, " ")+" ", list, "each code is followed by one space")
		all = append(all, codes...)
		for _, c := range codes {
			assert.Regexp(t, "^[A-Z]{3}$", c)
		}
	}
	slices.Sort(all)
	assert.Len(t, slices.Compact(slices.Clone(all)), len(all), "no code twice")
	assert.Zero(t, testing.AllocsPerRun(10, func() { Places("ZWG") }))
}
