package strictjson

// Reference is the decoding that Decode must agree with.
var Reference = oldDecode
