#pragma once
#include "node/ap/routes.hpp"
#include "node/files/remote.hpp"

namespace kith {

// What requests wait for in the front: the key of whoever signed, or a file of another server.
class Parking final : public http::ParkHook {
public:
    Parking(ap::KeyParking& keys, files::Remote& files) : keys_(keys), files_(files) {}

    std::string key(const http::Head& head, http::ListenerTag tag) override { return hook(head).key(head, tag); }
    void begin(const http::Head& head, std::function<void()> resume) override {
        hook(head).begin(head, std::move(resume));
    }

private:
    http::ParkHook& hook(const http::Head& head) {
        if (head.path.starts_with(Urls::remote_files)) return files_;
        return keys_;
    }

    ap::KeyParking& keys_;
    files::Remote& files_;
};

}  // namespace kith
