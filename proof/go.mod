module github.com/kam-go/kam/proof

go 1.26.0

require (
	github.com/kam-go/kam v0.0.0
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	github.com/shopspring/decimal v1.6.0
	github.com/stretchr/testify v1.12.1
	github.com/yuin/goldmark v1.8.4
	pgregory.net/rapid v1.3.0
)

require (
	go.yaml.in/yaml/v3 v3.0.5 // indirect
	golang.org/x/exp v0.0.0-20261014143641-f0251eb4aa3e // indirect
	golang.org/x/text v0.14.0 // indirect
)

replace github.com/kam-go/kam => ../
