#pragma once

// What each address of the server means: requests in, replies out, over values alone. Start reading
// at the table of routes in routes.cpp; the messages are sync/protocol/messages.h's.

#include "sync/server/api/backend.h"
#include "sync/server/api/device_table.h"
#include "sync/server/api/feed_tail.h"
#include "sync/server/api/http.h"
#include "sync/server/api/snapshots.h"

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace mado::server {

struct RouteLimits {
    std::chrono::seconds poll_max{25};       // a long poll ends by then, with nothing in it
    std::size_t piece_bytes_max = 1u << 20;  // of a roster file, in one reply
};

// An address of the table, for whoever compares it with its description.
struct Address {
    std::string path;        // with a slash at its end: one part more belongs to it
    bool residents = false;  // which doors it opens from
    bool devices = false;
    std::vector<std::string> methods;
};
std::vector<Address> addresses();

class Routes final : public Responder {
  public:
    Routes(Backend backend, RouteLimits limits);
    ~Routes() override;

    std::variant<Admitted, Reply> admit(const RequestHead& head) override;
    void handle(Request request, Done done) override;
    void stop_waiting() override;

    // Where devices go once they are enrolled, as other machines reach it: "host:port".
    void announce(std::string devices_address);

    // How many devices are silent, for /healthz.
    void tell_silent(std::size_t count) { silent_ = count; }

    // The feed may have moved: reads on, and answers every long poll that it has passed. Call it
    // after commits; not by two threads at a time.
    Result<void, IoError> feed_moved();
    // Answers the long polls whose time is over.
    void end_overdue();

  private:
    using Moment = std::chrono::steady_clock::time_point;

    struct Poll {
        KnownDevice device;
        FeedPosition after;
        Moment until;
        Done done;
    };

    void answer_enrolment(const Request& request, Done done);
    void answer_push(const Request& request, const KnownDevice& device, Done done);
    void answer_leases(const Request& request, const KnownDevice& device, Done done);
    void answer_changes(std::string_view query, const KnownDevice& device, Done done);
    void answer_snapshot(const KnownDevice& device, Done done);
    Reply roster_piece(std::string_view id, std::string_view query, const KnownDevice& device);
    Reply health();

    Reply enrolment_reply(const Device& device);
    // The device that the connection's certificate names, or why it gets nothing here.
    enum class Strict { Yes, OrFenced };
    std::variant<KnownDevice, Reply> device_of(const Request& request, const char* route,
                                               Strict strict);
    Reply shut_out(const char* route, const char* word, const char* sentence) const;
    void end_polls(Moment until);
    Reply page_reply(const KnownDevice& device, FeedPosition after);
    // The head of the device's chain, counter-signed, where that is due and not done. An error
    // waits for the next page.
    std::optional<SignedHead> signed_head(const KnownDevice& device);
    Result<sync::WireChange, IoError> for_device(const Change& change, const KnownDevice& device);
    Result<sync::VaccineList, IoError> vaccines_with(const Resident& resident);
    void submit(Command command, const char* route, Done done,
                std::function<Reply(Outcome&)> reply_of);
    Instant now() const { return backend_.clock->now(); }

    Backend backend_;
    ReadRecord read_record_;
    RouteLimits limits_;
    ReadsPool reads_;
    DeviceTable devices_;
    FeedTail tail_;
    Snapshots snapshots_;

    std::atomic<std::size_t> silent_{0};
    std::atomic<bool> store_is_old_{false};
    mutable std::mutex mutex_;
    std::vector<Poll> polls_;
    bool stopping_ = false;
    std::string devices_address_;
    sync::VaccineList vaccine_list_;
};

}  // namespace mado::server
