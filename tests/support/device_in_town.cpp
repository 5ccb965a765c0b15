#include "tests/support/device_in_town.h"

#include <algorithm>

namespace mado::tests {

namespace {

// A town's key and a device's, made once: making keys is slow and they are never compared.
std::shared_ptr<PrivateKey> a_key(int which) {
    static const std::array keys = {std::make_shared<PrivateKey>(PrivateKey::generate()),
                                    std::make_shared<PrivateKey>(PrivateKey::generate())};
    return keys.at(static_cast<std::size_t>(which));
}

std::size_t index_of(device::Lane lane) {
    return static_cast<std::size_t>(lane);
}

bool is_waiting_poll(const HttpRequest& request) {
    return request.path.find("&wait=") != std::string::npos && !request.path.ends_with("&wait=0");
}

}  // namespace

DeviceInTown::OtherEnd straight_to(ModelServer& town, DeviceId device) {
    return [&town, device](device::Lane,
                           const HttpRequest& request) -> std::optional<DeviceInTown::Outcome> {
        auto response = town.answer(device, request);
        if (is_waiting_poll(request) && response.status == 200) {
            const auto page = sync::parse_changes_page(response.body);
            MADO_CHECK(page.ok());
            if (page->changes.empty()) return {};
        }
        return DeviceInTown::Outcome(std::move(response));
    };
}

DeviceInTown::OtherEnd nowhere() {
    return [](device::Lane, const HttpRequest&) {
        return DeviceInTown::Outcome(fail(IoError{IoError::Kind::Unavailable, "no route"}));
    };
}

DeviceInTown::OtherEnd always(HttpResponse response) {
    return [response](device::Lane, const HttpRequest&) { return DeviceInTown::Outcome(response); };
}

DeviceInTown::DeviceInTown(ModelServer& town, std::int64_t id, std::uint64_t seed)
    : now(town.now),
      other_end(straight_to(town, DeviceId(id))),
      town_(&town),
      town_key_(a_key(0)),
      key_(a_key(1)),
      chance_(std::make_unique<Dice>(seed)) {
    identity_.device = DeviceId(id);
    identity_.roster_key.fill(static_cast<std::uint8_t>(id));
    identity_.signer.key = key_->public_key();
    identity_.signer.endorsement = town_key_->sign(
        sync::endorsed_bytes(a_municipality(), identity_.device, identity_.signer.key));
    identity_.signer.sign = [key = key_](std::span<const std::uint8_t> bytes) {
        return key->sign(bytes);
    };
    identity_.authority = town_key_->public_key();
    town.add_device(identity_.device, identity_.roster_key);
    restart();
}

void DeviceInTown::restart() {
    MADO_CHECK(try_restart().ok());
}

Result<void, IoError> DeviceInTown::try_restart() {
    engine_.reset();
    for (auto& request : waiting_)
        request.reset();
    answers_.clear();
    auto store = MADO_TRY(device::DeviceStore::open(folder_.path(), identity_));
    engine_.emplace(MADO_TRY(device::Engine::start(std::move(store), *chance_, now)));
    return {};
}

std::filesystem::path DeviceInTown::database() const {
    return folder_.path() / ("device-" + identity_.device.text() + ".db");
}

bool DeviceInTown::exchange(device::Lane lane) {
    auto& waiting = waiting_[index_of(lane)];
    const bool fresh = !waiting;
    if (fresh) {
        waiting = engine_->take_request(lane, now);
        if (!waiting) return false;
        sent_.push_back(*waiting);
        waiting_since_[index_of(lane)] = now;
    }
    auto outcome = other_end(lane, *waiting);
    const bool poll_ends = is_waiting_poll(*waiting) &&
                           now - waiting_since_[index_of(lane)] >= std::chrono::seconds(25);
    if (!outcome && poll_ends) outcome.emplace(town_->answer(id(), *waiting));
    if (!outcome) return false;
    waiting.reset();
    engine_->received(lane, std::move(*outcome), now);
    return true;
}

void DeviceInTown::sync() {
    constexpr int kRoundsMax = 10'000;
    town_->now = now;
    for (int round = 0; round < kRoundsMax; ++round) {
        bool moved = false;
        for (const auto lane : device::kLanes)
            moved = exchange(lane) || moved;
        if (!moved) return;
    }
    MADO_CHECK(false && "the engine asks without end");
}

void DeviceInTown::advance(Milliseconds by) {
    now += by;
    town_->now = now;
    engine_->tick(now);
}

void DeviceInTown::ask(const DeskQuestion& question) {
    engine_->ask(question, now);
}

void DeviceInTown::gather() {
    for (auto& answer : engine_->take_answers())
        answers_.push_back(std::move(answer));
}

bool DeviceInTown::silent() {
    gather();
    return answers_.empty();
}

Milliseconds DeviceInTown::wait_for_answer() {
    const Instant asked_at = now;
    while (silent()) {
        MADO_CHECK(now < asked_at + std::chrono::hours(1));
        advance(std::max<Milliseconds>(Milliseconds(1), engine_->wake_at() - now));
    }
    return now - asked_at;
}

void DeviceInTown::ask_login(const Ticket& ticket, int birth_date) {
    ask(LogIn{QuestionId(++question_), Personal<Ticket>(ticket),
              Personal<BirthDate>(a_birth_date(birth_date))});
}

std::optional<LoggedIn> DeviceInTown::log_in(const Ticket& ticket, int birth_date) {
    ask_login(ticket, birth_date);
    return take<LoggedIn>();
}

std::optional<LoginRefusal> DeviceInTown::login_refusal(const Ticket& ticket, int birth_date) {
    ask_login(ticket, birth_date);
    const auto refused = take<LoginRefused>();
    return refused ? std::optional(refused->reason) : std::nullopt;
}

OffersListed DeviceInTown::offers(const LoggedIn& person) {
    ask(ListOffers{QuestionId(++question_), person.resident,
                   std::get<MayBook>(person.standing).wish});
    return take<OffersListed>().value();
}

void DeviceInTown::book(const Resident& resident, SlotId slot) {
    ask(Book{QuestionId(++question_), resident, slot, {}});
}

void DeviceInTown::unplug() {
    other_end = nowhere();
    // What waits notices at once.
    for (const auto lane : device::kLanes) {
        if (waiting_[index_of(lane)]) exchange(lane);
    }
    // And what does not wait, at the next try.
    while (status().online) {
        bool tried = false;
        for (const auto lane : device::kLanes)
            tried = exchange(lane) || tried;
        if (!tried) advance(std::chrono::seconds(1));
    }
}

void DeviceInTown::plug_in() {
    other_end = straight_to(*town_, identity_.device);
    advance(std::chrono::seconds(31));
    sync();
}

}  // namespace mado::tests
