#pragma once

// One device with its engine and its folder, in a town with a ModelServer, on a clock that the test
// moves. Every exchange goes through `other_end`, which a test can replace.

#include "shared/platform/keys.h"
#include "sync/device/engine.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"
#include "tests/support/model_server.h"
#include "tests/support/scratch_folder.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mado::tests {

class DeviceInTown {
  public:
    using Outcome = Result<HttpResponse, IoError>;
    // No value: the answer does not come yet.
    using OtherEnd = std::function<std::optional<Outcome>(device::Lane, const HttpRequest&)>;

    explicit DeviceInTown(ModelServer& town, std::int64_t id = 3, std::uint64_t seed = 1);

    // A restart: what was under way is lost, what is on disk is there. Starts the first time too.
    void restart();
    Result<void, IoError> try_restart();
    // Takes every request, hands it to the other end and back, until nobody has anything to say.
    void sync();
    // Only this lane, at most once; true when there was a request.
    bool exchange(device::Lane lane);
    void advance(Milliseconds by);
    // Answers that arrived for the question asked last.
    void ask(const DeskQuestion& question);
    template <class Answer>
    std::optional<Answer> take() {
        gather();
        for (auto answer = answers_.begin(); answer != answers_.end(); ++answer) {
            if (auto* found = std::get_if<Answer>(&*answer)) {
                Answer taken = std::move(*found);
                answers_.erase(answer);
                return taken;
            }
        }
        return {};
    }
    bool silent();
    // Time passes, as the engine asks to be woken, until an answer comes; how much it was.
    Milliseconds wait_for_answer();

    // ---- a visit in one line
    void ask_login(const Ticket& ticket, int birth_date = 19390614);
    std::optional<LoggedIn> log_in(const Ticket& ticket, int birth_date = 19390614);
    std::optional<LoginRefusal> login_refusal(const Ticket& ticket, int birth_date = 19390614);
    OffersListed offers(const LoggedIn& person);
    // Asks only; the answer comes by take<BookingKept>() or take<BookingRefused>().
    void book(const Resident& resident, SlotId slot);

    // ---- the cable
    void unplug();
    void plug_in();

    device::Engine& engine() { return *engine_; }
    device::Status status() const { return engine_->status(); }
    std::filesystem::path database() const;
    const std::vector<HttpRequest>& sent() const { return sent_; }
    void forget_sent() { sent_.clear(); }
    DeviceId id() const { return identity_.device; }
    const device::Identity& identity() const { return identity_; }
    const PrivateKey& town_key() const { return *town_key_; }

    Instant now;
    OtherEnd other_end;

  private:
    void gather();

    ModelServer* town_;
    ScratchFolder folder_;
    std::shared_ptr<PrivateKey> town_key_;
    std::shared_ptr<PrivateKey> key_;
    device::Identity identity_;
    std::unique_ptr<Dice> chance_;
    std::optional<device::Engine> engine_;
    // A request of a lane that waits for its answer.
    std::array<std::optional<HttpRequest>, device::kLanes.size()> waiting_;
    std::array<Instant, device::kLanes.size()> waiting_since_{};
    std::vector<DeskAnswer> answers_;
    std::vector<HttpRequest> sent_;
    std::uint64_t question_ = 0;
};

// The other end as it should be: the model server, with long polls that wait (for 25 seconds, then
// an empty page comes whatever the other end says).
DeviceInTown::OtherEnd straight_to(ModelServer& town, DeviceId device);
// No network at all.
DeviceInTown::OtherEnd nowhere();
// The same answer to everything: a captive portal, a broken server.
DeviceInTown::OtherEnd always(HttpResponse response);

}  // namespace mado::tests
