#pragma once
#include <sys/socket.h>
#include <string>

namespace kith::client {

// Whether an address may be spoken to on the open Internet: global unicast and in none of the
// special ranges (security checklist, line 21). IPv4 by a deny list; IPv6 only inside 2000::/3 less
// its exceptions, which leaves out IPv4-mapped, IPv4-compatible and NAT64 addresses: behind each of
// them stands an IPv4 address that would otherwise be reached unchecked. Other families: no.
bool is_public_address(const sockaddr&);

// "192.0.2.1" or "2001:db8::1", for the log.
std::string address_text(const sockaddr&);

enum class PrivateAddresses { refuse, allow };

// Decides about the address that is really being connected to, never about a name: a name may
// resolve to something else a moment later (security checklist, line 20). Thread-safe.
class AddressGuard {
public:
    explicit AddressGuard(PrivateAddresses mode) : mode_(mode) {}

    bool allows(const sockaddr& address) const {
        return mode_ == PrivateAddresses::allow || is_public_address(address);
    }

private:
    PrivateAddresses mode_;
};

}  // namespace kith::client
