#pragma once
#include <semaphore>

namespace kith::media {

// One of the few that may run tools at a time; waits for it.
class Turn {
public:
    explicit Turn(std::counting_semaphore<>& tools) : tools_(tools) { tools_.acquire(); }
    ~Turn() { tools_.release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

private:
    std::counting_semaphore<>& tools_;
};

}  // namespace kith::media
