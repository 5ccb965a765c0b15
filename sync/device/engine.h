#pragma once

// A device's end of the sync, whole and pure: what it asks of the server, what it keeps, what it
// answers to the flow.
//
//   device state = fold(changes up to the cursor) + own events that the cursor has not yet passed
//
// Two loops, push and pull, that may be cut anywhere and started again, and the leases between
// them. The engine holds no thread, timer or socket: it is told the time, handed the answers of the
// network, and asked what to send; so the simulated town runs this same code. It belongs to one
// thread.

#include "shared/domain/desk.h"
#include "shared/ports/chance.h"
#include "shared/ports/network.h"
#include "sync/device/device_store.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mado::device {

// At most one request is under way in each lane. Snapshots come in the lane of the pull.
enum class Lane { Push, Pull, Lease };
inline constexpr std::array kLanes = {Lane::Push, Lane::Pull, Lane::Lease};

// How long an offer of ours waits for the world.
constexpr Milliseconds kSeatPatience{5'000};    // for a seat that the server must grant first
constexpr Milliseconds kAnswerPatience{2'000};  // for the server's word on what is kept already
constexpr Milliseconds kCallPatience{8'000};    // for its word that it has a call for staff

// What the screen's corner and the metrics say.
struct Status {
    bool ready = false;     // a roster and slots are here, and it is not fenced: people are served
    bool online = false;    // the server answered lately, and nothing failed since
    bool fenced = false;    // shut out for good: it must enrol again
    bool wipe_due = false;  // shut out by staff, and all is sent: see wipe() in enrolment.h
    bool slowed = false;    // too many log-ins have missed: all are answered later
    Backlog backlog;
    std::optional<Milliseconds> clock_offset;  // server's clock minus ours, at the last contact
    FeedPosition cursor;
    std::size_t set_aside = 0;  // rows that could not be read and were put aside for a person
    std::string trouble;        // what went wrong last, for a log; empty after a success

    bool operator==(const Status&) const = default;
};

// More than 10 s off the server's at the last contact (design: time). A clock that nobody has
// compared is not called wrong.
bool clock_is_wrong(const Status& status);
bool clock_is_wrong(Milliseconds offset);

class Engine {
  public:
    // Appends `Started` with this run's random bits. `chance` outlives the engine.
    static Result<Engine, IoError> start(DeviceStore store, Chance& chance, Instant now);
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;
    ~Engine();

    // A question of the flow. Its answer comes out of take_answers(), at once or later.
    void ask(const DeskQuestion& question, Instant now);
    std::vector<DeskAnswer> take_answers();

    // What to send in this lane, if anything and if nothing is under way there. Whoever takes a
    // request reports its outcome with received(), in the same lane, exactly once.
    std::optional<HttpRequest> take_request(Lane lane, Instant now);
    void received(Lane lane, Result<HttpResponse, IoError> answer, Instant now);

    // Lets waiting end: the two seconds for an answer, pauses after failures and misses. Call it
    // at wake_at() or at any time.
    void tick(Instant now);
    Instant wake_at() const;

    // The clock that all these times come from was set ahead by so much, or back: what was found
    // out about it before is still known.
    void clock_moved(Milliseconds by);
    // The town's time when that clock shows `now`: the server's, where they differ by more than ten
    // seconds; before it was heard, never behind what this device has written.
    Instant time(Instant now) const;

    Status status() const;
    // What the feed has told: the town's settings among it.
    const Facts& facts() const;

  private:
    struct State;
    explicit Engine(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace mado::device
