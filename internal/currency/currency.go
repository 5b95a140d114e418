// Package currency knows the active ISO 4217 currency codes and the places of
// their minor units, as of 2026-01-01, and those that were withdrawn since 2020, in which
// sales of years before are recorded.
package currency

import "strings"

// The codes by the places of their minor unit: list one of the ISO 4217
// maintenance agency. Units of account and metals, which have no minor unit,
// stand with the currencies of 0 places.
const (
	places0 = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF " +
		"XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX "
	places2 = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD " +
		"CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD " +
		"HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN " +
		"NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL " +
		"THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG "
	places3 = "BHD IQD JOD KWD LYD OMR TND "
	places4 = "CLF UYW "
	// withdrawn had 2 places: list three of the agency.
	withdrawn = "ANG BGN CUC HRK SLL ZWL "
)

// Places returns the places of the minor unit of a currency, and whether the
// code is listed. Codes are three capital letters.
func Places(code string) (places int, ok bool) {
	if len(code) != 3 || strings.Contains(code, " ") {
		return 0, false
	}
	for _, list := range []struct {
		codes  string
		places int
	}{{places2, 2}, {places0, 0}, {places3, 3}, {places4, 4}, {withdrawn, 2}} {
		if at := strings.Index(list.codes, code+" "); at >= 0 && at%4 == 0 {
			return list.places, true
		}
	}
	return 0, false
}
