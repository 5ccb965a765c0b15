#include "sync/device/engine_state.h"

#include <algorithm>
#include <string>

namespace mado::device {

namespace {

constexpr std::string_view kFenced = "fenced";
constexpr std::string_view kRevoked = "revoked";
constexpr Milliseconds kLongPoll = std::chrono::seconds(25);
constexpr Milliseconds kMargin = std::chrono::seconds(10);
constexpr Milliseconds kSnapshotPatience = std::chrono::seconds(60);
// A server that answers a long poll at once with nothing is not asked again at once.
constexpr Milliseconds kEmptyPagePause = std::chrono::seconds(1);

bool is_json(const HttpResponse& response) {
    return response.content_type == "application/json";
}

// A refusal in our server's own words; anything else of that status is not from it.
bool is_refusal(const HttpResponse& response, int status) {
    return response.status == status && is_json(response) &&
           sync::parse_refusal(response.body).ok();
}

std::string no_answer(const HttpResponse& response) {
    return "no answer of ours: status " + std::to_string(response.status);
}

bool is_plain_id(std::string_view id) {
    constexpr std::size_t kIdBytesMax = 64;
    return !id.empty() && id.size() <= kIdBytesMax && std::ranges::all_of(id, [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
               (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
    });
}

HttpRequest get(std::string path, Milliseconds timeout, std::size_t answer_bytes_max) {
    return {"GET", std::move(path), "", timeout, answer_bytes_max};
}

}  // namespace

std::optional<sync::Refusal> Engine::State::shut_out_in(const HttpResponse& response) {
    constexpr int kForbidden = 403;
    if (response.status != kForbidden || !is_json(response)) return {};
    auto refusal = sync::parse_refusal(response.body);
    if (!refusal.ok() || (refusal->error != kFenced && refusal->error != kRevoked)) return {};
    return std::move(refusal).value();
}

void Engine::State::shut_out(const sync::Refusal& refusal) {
    if (refusal.error != kRevoked) return fence(refusal.epoch);
    const auto revoked = store.revoke(refusal.epoch);
    if (!revoked.ok()) trouble = revoked.error().what;
}

void Engine::State::fence(std::optional<std::int64_t> epoch) {
    const auto fenced = store.fence(epoch);
    if (!fenced.ok()) trouble = fenced.error().what;
}

// ---- push

std::optional<HttpRequest> Engine::State::push_request(Instant now) {
    if (store.backlog().unanswered == 0 && !push_from) return {};
    auto events = store.events(push_from, batch_max);
    if (!events.ok()) {
        stalled(Lane::Push, events.error(), now);
        return {};
    }
    const bool found = push_from && !events->empty() && events->front().number == *push_from;
    // The server asks for what was forgotten long ago, or never written: the two journals cannot
    // become one again, and what is left here is for people.
    if (push_from && !found) fence(std::nullopt);
    if (events->empty()) {
        push_from.reset();
        return {};
    }
    sync::PushRequest request{std::move(*events)};
    if (push_from) request.had = store.signed_head();
    request.gone = push_from && !found;
    std::string body = sync::to_json(request);
    while (body.size() > sync::kPushBytesMax && request.events.size() > 1) {
        request.events.resize(request.events.size() / 2);
        body = sync::to_json(request);
    }
    pushed.clear();
    for (const auto& event : request.events)
        pushed.push_back(event.number);
    HttpRequest sent;
    sent.method = "POST";
    sent.path = "/v1/events";
    sent.body = std::move(body);
    return sent;
}

void Engine::State::received_push(const HttpResponse& response, Instant now) {
    constexpr int kTooLarge = 413;
    if (response.status == kTooLarge && pushed.size() > 1) {
        batch_max = std::max<std::size_t>(1, pushed.size() / 2);
        // Whoever says so, fewer at a time do no harm; but only our server's word is a contact.
        if (is_refusal(response, kTooLarge)) return heard(now);
        return failed(Lane::Push, no_answer(response), now);
    }
    if (response.status != 200 || !is_json(response)) {
        return failed(Lane::Push, no_answer(response), now);
    }
    const auto answer = sync::parse_push_answer(response.body);
    if (!answer.ok()) return failed(Lane::Push, "push answer: " + answer.error().what, now);
    const bool ours = std::ranges::all_of(answer->answers, [&](const Answer& each) {
        return std::ranges::find(pushed, each.number) != pushed.end();
    });
    if (!ours) return failed(Lane::Push, "push answer: names an event that was not sent", now);
    take_push_answer(*answer, now);
}

void Engine::State::take_push_answer(const sync::PushAnswer& answer, Instant now) {
    const auto remembered = store.remember(answer.answers, answer.now);
    if (!remembered.ok()) return stalled(Lane::Push, remembered.error(), now);
    heard(answer.now, now);
    if (answer.fenced) fence(answer.epoch);
    for (const auto& each : answer.answers) {
        if (each.number == started) started_answered = true;
        for (auto& book : books) {
            if (book.slip && book.slip->booking.id.number == each.number)
                book.verdict = each.verdict;
        }
        for (auto& cancel : cancels) {
            if (cancel.kept == each.number) cancel.verdict = each.verdict;
        }
        for (auto& call : calls) {
            if (call.kept == each.number) call.verdict = each.verdict;
        }
    }
    batch_max = std::min(sync::kEventsMax, std::max<std::size_t>(1, batch_max) * 2);
    push_from.reset();
    const bool moved = answer.expected ? follow_gap(*answer.expected, answer.answers.size())
                                       : !answer.answers.empty();
    if (!moved) lane(Lane::Push).backoff.failed(chance, now);
}

// Whether there is something new to send at once.
bool Engine::State::follow_gap(EventNumber expected, std::size_t answered) {
    const EventNumber next(store.last_event().number() + 1);
    if (expected == next) return answered > 0;
    push_from = expected;
    return answered > 0 || expected != pushed.front();
}

// ---- pull

std::optional<HttpRequest> Engine::State::pull_request(Instant now) {
    if (store.arriving() && store.roster_bytes_here() >= store.arriving()->bytes) {
        finish_snapshot(now);
        if (!lane(Lane::Pull).backoff.over(now)) return {};
    }
    if (const auto& file = store.arriving()) {
        asked = Asked::Roster;
        return get(
            "/v1/roster/" + file->id + "?offset=" + std::to_string(store.roster_bytes_here()),
            kLongPoll + kMargin, kRosterRangeMax);
    }
    if (snapshot_wanted || store.snapshot_needed()) {
        asked = Asked::Snapshot;
        return get("/v1/snapshot", kSnapshotPatience, sync::kSnapshotBytesMax);
    }
    asked = Asked::Changes;
    const FeedPosition& cursor = store.facts().cursor;
    const Milliseconds wait = caught_up ? kLongPoll : Milliseconds(0);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(wait).count();
    return get("/v1/changes?epoch=" + std::to_string(cursor.epoch) +
                   "&after=" + std::to_string(cursor.number) + "&wait=" + std::to_string(seconds),
               wait + kMargin, HttpRequest{}.answer_bytes_max);
}

void Engine::State::received_pull(const HttpResponse& response, Instant now) {
    if (asked == Asked::Changes) received_changes(response, now);
    if (asked == Asked::Snapshot) received_snapshot(response, now);
    if (asked == Asked::Roster) received_roster(response, now);
}

void Engine::State::received_changes(const HttpResponse& response, Instant now) {
    constexpr int kElsewhere = 409;
    if (is_refusal(response, kElsewhere)) {
        snapshot_wanted = true;
        return heard(now);
    }
    if (response.status != 200 || !is_json(response)) {
        return failed(Lane::Pull, no_answer(response), now);
    }
    const auto page = sync::parse_changes_page(response.body);
    if (!page.ok()) return failed(Lane::Pull, "changes: " + page.error().what, now);
    if (page->after.epoch != store.facts().cursor.epoch) {
        snapshot_wanted = true;
        return heard(page->now, now);
    }
    if (page->after != store.facts().cursor) {
        return failed(Lane::Pull, "changes: the page begins elsewhere", now);
    }
    const auto applied = store.apply(*page);
    if (!applied.ok()) return stalled(Lane::Pull, applied.error(), now);
    heard(page->now, now);
    if (page->changes.empty()) {
        caught_up = true;
        lane(Lane::Pull).backoff.pause_until(lane(Lane::Pull).sent_at + kEmptyPagePause);
    }
}

void Engine::State::received_snapshot(const HttpResponse& response, Instant now) {
    if (response.status != 200 || !is_json(response)) {
        return failed(Lane::Pull, no_answer(response), now);
    }
    const auto snapshot = sync::parse_snapshot(response.body);
    if (!snapshot.ok()) return failed(Lane::Pull, "snapshot: " + snapshot.error().what, now);
    if (!is_plain_id(snapshot->roster.id)) {
        return failed(Lane::Pull, "snapshot: the roster's id", now);
    }
    const auto announced = store.announce(*snapshot);
    if (!announced.ok()) return stalled(Lane::Pull, announced.error(), now);
    heard(snapshot->now, now);
}

void Engine::State::received_roster(const HttpResponse& response, Instant now) {
    constexpr int kGone = 404;
    if (is_refusal(response, kGone)) {
        // The server has made another one since: begin again, and not at once.
        const auto dropped = store.drop_snapshot();
        snapshot_wanted = true;
        heard(now);
        lane(Lane::Pull).backoff.failed(chance, now);
        if (!dropped.ok()) trouble = dropped.error().what;
        return;
    }
    const bool whole = response.status == 200 &&
                       response.content_type == "application/octet-stream" &&
                       !response.body.empty();
    if (!whole) return failed(Lane::Pull, no_answer(response), now);
    const auto added = store.add_roster_bytes(response.body);
    if (!added.ok()) return stalled(Lane::Pull, added.error(), now);
    heard(now);
    if (store.roster_bytes_here() >= store.arriving()->bytes) finish_snapshot(now);
}

void Engine::State::finish_snapshot(Instant now) {
    const auto switched = store.switch_to_snapshot();
    if (!switched.ok()) {
        snapshot_wanted = true;
        return stalled(Lane::Pull, switched.error(), now);
    }
    snapshot_wanted = false;
    caught_up = false;
    push_from.reset();
    review_at = now;
}

// ---- leases

std::optional<HttpRequest> Engine::State::lease_request() {
    if (!may_lease()) return {};
    const auto& leases = store.facts().leases;
    sync::LeaseRequest request;
    for (auto& book : books) {
        if (!wants_seat(book) || request.wishes.size() >= sync::kLeaseWishesMax) continue;
        const auto held = leases.find(book.question.slot);
        const std::int64_t granted = held == leases.end() ? 0 : held->second.granted;
        request.wishes.push_back({book.question.slot, granted + 1, book.dose});
        book.wish_sent = true;
    }
    for (const auto& wish : wishes) {
        const bool asked_already = std::ranges::any_of(
            request.wishes, [&](const sync::LeaseWish& other) { return other.slot == wish.slot; });
        if (!asked_already && request.wishes.size() < sync::kLeaseWishesMax)
            request.wishes.push_back(wish);
    }
    wishes.clear();
    if (request.wishes.empty()) return {};
    HttpRequest sent;
    sent.method = "POST";
    sent.path = "/v1/leases";
    sent.body = sync::to_json(request);
    sent.timeout = kSeatPatience;
    return sent;
}

void Engine::State::received_leases(const HttpResponse& response, Instant now) {
    if (response.status != 200 || !is_json(response)) {
        return failed(Lane::Lease, no_answer(response), now);
    }
    const auto answer = sync::parse_lease_answer(response.body);
    if (!answer.ok()) return failed(Lane::Lease, "leases: " + answer.error().what, now);
    const auto raised = store.raise_granted(answer->levels);
    if (!raised.ok()) {
        for (auto& book : books)
            book.seat_not_kept = book.seat_not_kept || book.wish_sent;
        return stalled(Lane::Lease, raised.error(), now);
    }
    heard(answer->now, now);
    for (auto& book : books)
        book.seat_answered = book.seat_answered || book.wish_sent;
}

}  // namespace mado::device
