#pragma once
#include "base/json/view.hpp"
#include "base/json/writer.hpp"

// Capability discovery (FEP-844e, a draft): what a server's software implements, as an actor's
// `generator` says. Only what we act on is read: whether it verifies RFC 9421.
namespace kith::vocab {

// Whether the actor's generator, or the actor itself where it is the server's Application, names
// RFC 9421 among what it implements.
bool implements_rfc9421(json::View actor);

// "generator": an anonymous Application that implements RFC 9421.
void write_generator(json::Writer&);

}  // namespace kith::vocab
