#include "sync/device/engine.h"

#include "sync/device/engine_state.h"

#include <algorithm>

namespace mado::device {

namespace {

constexpr Milliseconds kForgetStep = std::chrono::hours(1);
constexpr Milliseconds kAnsweredKept = std::chrono::hours(24 * 30);
constexpr Milliseconds kReviewStep = std::chrono::seconds(30);
// Below this the two clocks agree: a network's delay looks the same.
constexpr Milliseconds kClockTolerance = std::chrono::seconds(10);

bool is_tolerable(Milliseconds offset) {
    return -kClockTolerance <= offset && offset <= kClockTolerance;
}

}  // namespace

Result<Engine, IoError> Engine::start(DeviceStore store, Chance& chance, Instant now) {
    auto state = std::make_unique<State>(std::move(store), chance);
    state->latest = now;
    state->behind_journal = state->store.time_floor() - now;
    state->started = MADO_TRY(state->store.start(state->nonce(), state->time(now)));
    state->forget_at = now;
    state->review_at = now;
    state->store.miss_budget().leak(state->miss_share(), now);
    return Engine(std::move(state));
}

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

void Engine::ask(const DeskQuestion& question, Instant now) {
    state_->latest = now;
    std::visit([&](const auto& asked) { state_->on(asked, now); }, question);
}

std::vector<DeskAnswer> Engine::take_answers() {
    return std::exchange(state_->answers, {});
}

std::optional<HttpRequest> Engine::take_request(Lane lane, Instant now) {
    state_->latest = now;
    LaneState& own = state_->lane(lane);
    if (own.under_way || !own.backoff.over(now)) return {};
    std::optional<HttpRequest> request;
    if (lane == Lane::Push) request = state_->push_request(now);
    if (lane == Lane::Pull) request = state_->pull_request(now);
    if (lane == Lane::Lease) request = state_->lease_request();
    own.under_way = request.has_value();
    if (request) own.sent_at = now;
    return request;
}

void Engine::received(Lane lane, Result<HttpResponse, IoError> answer, Instant now) {
    State& state = *state_;
    state.latest = now;
    MADO_CHECK(state.lane(lane).under_way);
    state.lane(lane).under_way = false;
    if (!answer.ok()) {
        state.failed(lane, answer.error().what, now);
    } else if (const auto refusal = State::shut_out_in(*answer)) {
        state.shut_out(*refusal);
        state.failed(lane, "the server has shut this device out: " + refusal->error, now);
    } else {
        if (lane == Lane::Push) state.received_push(*answer, now);
        if (lane == Lane::Pull) state.received_pull(*answer, now);
        if (lane == Lane::Lease) state.received_leases(*answer, now);
    }
    if (lane == Lane::Lease) {
        for (auto& book : state.books)
            book.wish_sent = false;
    }
    tick(now);
}

void Engine::tick(Instant now) {
    State& state = *state_;
    state.latest = now;
    state.bound_waits(now);
    state.store.miss_budget().leak(state.miss_share(), now);
    state.write_notes(now);
    state.answer_logins(now);
    state.advance_desk(now);
    state.advance_calls(now);
    state.review_holdings(now);
    state.forget_old(now);
}

Instant Engine::wake_at() const {
    const State& state = *state_;
    Instant next = std::min(state.review_at, state.forget_at);
    const auto consider = [&](Instant when) {
        if (when > state.latest) next = std::min(next, when);
    };
    if (next <= state.latest) next = state.latest + kReviewStep;
    for (const auto& lane : state.lanes) {
        if (!lane.under_way) consider(lane.backoff.until());
    }
    for (const auto& login : state.logins)
        consider(login.answer_at);
    for (const auto& book : state.books) {
        consider(book.slip ? book.kept_at + kAnswerPatience : book.asked_at + kSeatPatience);
    }
    for (const auto& cancel : state.cancels) {
        consider(cancel.kept ? cancel.kept_at + kAnswerPatience : cancel.asked_at + kSeatPatience);
    }
    for (const auto& call : state.calls) {
        if (call.kept && !call.verdict) consider(call.asked_at + kCallPatience);
    }
    return next;
}

Status Engine::status() const {
    const State& state = *state_;
    Status status;
    status.ready = state.store.ready() && !state.store.fenced();
    status.online = state.contact == State::Contact::Online;
    status.fenced = state.store.fence_kept();
    status.wipe_due = state.store.wipe_due();
    status.backlog = state.store.backlog();
    status.slowed = state.store.miss_budget().exceeded(state.miss_share());
    status.clock_offset = state.clock_offset;
    status.cursor = state.store.facts().cursor;
    status.set_aside = state.store.set_aside_count();
    status.trouble = state.trouble;
    return status;
}

bool clock_is_wrong(const Status& status) {
    return status.clock_offset && clock_is_wrong(*status.clock_offset);
}

bool clock_is_wrong(Milliseconds offset) {
    return !is_tolerable(offset);
}

const Facts& Engine::facts() const {
    return state_->store.facts();
}

// ---- contact

void Engine::State::heard(Instant now) {
    if (contact != Contact::Online) review_at = now;
    contact = Contact::Online;
    trouble.clear();
    for (auto& each : lanes)
        each.backoff.reset();
}

void Engine::State::heard(Instant server_now, Instant now) {
    clock_offset = server_now - now;
    heard(now);
}

void Engine::State::failed(Lane which, std::string why, Instant now) {
    contact = Contact::Offline;
    caught_up = false;  // the first answer after this should come at once, not by a long poll
    trouble = std::move(why);
    lane(which).backoff.failed(chance, now);
}

void Engine::State::stalled(Lane which, const IoError& why, Instant now) {
    trouble = why.what;
    lane(which).backoff.failed(chance, now);
}

Instant Engine::State::time(Instant now) const {
    if (!clock_offset) return now + std::max(behind_journal, Milliseconds(0));
    const Instant best = is_tolerable(*clock_offset) ? now : now + *clock_offset;
    // A second or two behind what was written is waited for; a day behind it, that was wrong.
    const Instant written = store.last_event_at();
    return written - best <= kClockTolerance ? std::max(best, written) : best;
}

void Engine::clock_moved(Milliseconds by) {
    state_->behind_journal -= by;
    if (state_->clock_offset) *state_->clock_offset -= by;
    state_->store.miss_budget().clock_moved(by);
    for (auto& login : state_->logins)
        login.answer_at += by;
}

Instant Engine::time(Instant now) const {
    return state_->time(now);
}

Nonce Engine::State::nonce() {
    Nonce random{};
    chance.fill(random);
    return random;
}

void Engine::State::forget_old(Instant now) {
    if (now < forget_at) return;
    forget_at = now + kForgetStep;
    // Days without a network do not count: a server that was restored meanwhile asks for what it
    // answered before.
    const auto forgotten = store.forget_answered_before(store.heard_at() - kAnsweredKept);
    if (!forgotten.ok()) trouble = forgotten.error().what;
    const auto calls_forgotten = store.forget_calls_before(time(now) - kCallLife);
    if (!calls_forgotten.ok()) trouble = calls_forgotten.error().what;
}

void Engine::State::bound_waits(Instant now) {
    for (auto& each : lanes)
        each.backoff.bound(now);
    review_at = std::min(review_at, now + kReviewStep);
    forget_at = std::min(forget_at, now + kForgetStep);
    for (auto& login : logins)
        login.answer_at = std::min<Instant>(login.answer_at, now + kLoginPauseMax);
    for (auto& book : books) {
        book.asked_at = std::min(book.asked_at, now);
        book.kept_at = std::min(book.kept_at, now);
    }
    for (auto& cancel : cancels) {
        cancel.asked_at = std::min(cancel.asked_at, now);
        cancel.kept_at = std::min(cancel.kept_at, now);
    }
    for (auto& call : calls)
        call.asked_at = std::min(call.asked_at, now);
}

// ---- leases that keep the device able to go on

bool Engine::State::may_lease() const {
    return contact == Contact::Online && started_answered && store.ready() && !store.fenced();
}

void Engine::State::review_holdings(Instant now) {
    if (now < review_at || !may_lease()) return;
    review_at = now + kReviewStep;
    auto plan = plan_holdings(store.facts().slots, store.facts().leases, HoldingPolicy{}, shares(),
                              time(now));
    wishes = std::move(plan.wishes);
    for (const auto slot : plan.returns) {
        const bool awaited = std::ranges::any_of(books, [&](const PendingBook& book) {
            return !book.slip && book.question.slot == slot;
        });
        if (awaited) continue;
        const auto returned = store.give_back(slot, nonce(), time(now));
        if (!returned.ok()) {
            trouble = returned.error().what;
            return;
        }
    }
}

}  // namespace mado::device
