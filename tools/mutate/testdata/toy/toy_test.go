package toy

import "testing"

func TestLarger(t *testing.T) {
	if Larger(1, 2) != 2 || Larger(2, 1) != 2 {
		t.Fail()
	}
}

func TestDown(t *testing.T) {
	if Down(3) != 0 {
		t.Fail()
	}
}

func TestSum(t *testing.T) {
	if Sum(2, 3) != "5" {
		t.Fail()
	}
}

func TestEach(*testing.T) { Each(2, func(int) {}) }

func TestBroken(t *testing.T) { t.Fatal(Larger(1, 2)) }
