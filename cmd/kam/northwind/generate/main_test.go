package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPortfolioIsUpToDate(t *testing.T) {
	want, err := os.ReadFile("../accounts.jsonl")
	require.NoError(t, err)
	got, err := portfolio("../input")
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got), "run go generate ./cmd/kam/northwind")
}

func TestPortfolioNeedsItsTables(t *testing.T) {
	_, err := portfolio(t.TempDir())
	require.ErrorIs(t, err, os.ErrNotExist)
}
