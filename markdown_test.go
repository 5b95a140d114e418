package kam_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kam-go/kam"
)

func TestGrouped(t *testing.T) {
	for text, want := range map[string]string{
		"0 EUR": "0.00 EUR", "999.99 EUR": "999.99 EUR", "-999 EUR": "-999.00 EUR", "1000 EUR": "1,000.00 EUR", "-1000 EUR": "-1,000.00 EUR", "848053.5615 USD": "848,053.5615 USD",
		"1234567 JPY": "1,234,567 JPY", "-123456789 JPY": "-123,456,789 JPY", "100000": "100,000", "12345.5": "12,345.5",
	} {
		m, err := kam.ParseMoney(text)
		require.NoError(t, err)
		assert.Equal(t, want, kam.Grouped(m))
	}
}
