#include "kiosk/shell/camera_desk.h"

#include "shared/domain/ticket_sight.h"
#include "shared/platform/thread_name.h"
#include "shared/scan/measure.h"
#include "shared/scan/scanner.h"

#include <atomic>
#include <chrono>
#include <utility>
#include <vector>

namespace mado::kiosk {
namespace {

// Software graphics burn a core at 30 pictures a second, and nobody's hand moves that fast.
constexpr Milliseconds kShowEvery{100};
// A camera that was unplugged may come back.
constexpr Milliseconds kTryAgainAfter{2'000};
// A hint is said once it has been true for a while, or it would flicker.
constexpr Milliseconds kHintAfter{600};
// A ticket that shakes out of view for a moment has not gone.
constexpr Milliseconds kGoneAfter{1'500};
constexpr Milliseconds kFramePatience{200};
// Of a thread that waits.
constexpr Milliseconds kBeatEvery{500};

ScanHint hint_of(scan::Advice advice) {
    switch (advice) {
        case scan::Advice::HoldTicket:
            return ScanHint::HoldTicket;
        case scan::Advice::MoreLight:
            return ScanHint::MoreLight;
        case scan::Advice::HoldStill:
            return ScanHint::HoldStill;
        case scan::Advice::ComeCloser:
            return ScanHint::ComeCloser;
    }
    return ScanHint::HoldTicket;
}

}  // namespace

struct CameraDesk::Session {
    explicit Session(const OpenCamera& given) : order(given) {}

    const OpenCamera order;
    scan::NewestFrame frames;
    std::atomic<bool> works{true};  // as was last said
};

// A thread that films. The mutex guards both flags.
struct CameraDesk::Filming {
    bool left = false;   // another films in its place
    bool ended = false;  // will touch the desk no more
    std::thread thread;
};

// What the looking thread remembers of one session.
struct CameraDesk::Looking {
    scan::Scanner scanner{scan::ScannerSettings{}};
    TicketSight sight;
    ScanHint hint = ScanHint::HoldTicket;
    ScanHint seen = ScanHint::HoldTicket;
    Instant seen_since{};
    bool in_view = false;
    Instant in_view_at{};
};

CameraDesk::CameraDesk(CameraMaker make_camera, Clock& clock, Outbox& outbox,
                       std::function<void()> wake)
    : make_camera_(std::move(make_camera)),
      clock_(clock),
      outbox_(outbox),
      wake_(std::move(wake)),
      filming_(start_filming()),
      looking_([this] { look(); }) {}

CameraDesk::~CameraDesk() {
    close();
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    changed_.notify_all();
    filming_->thread.join();
    if (stuck_) stuck_->thread.join();
    looking_.join();
}

void CameraDesk::learn(TicketRules rules) {
    auto learned = std::make_shared<const TicketRules>(std::move(rules));
    const std::lock_guard lock(mutex_);
    rules_ = std::move(learned);
}

void CameraDesk::open(const OpenCamera& order) {
    close();
    {
        const std::lock_guard lock(mutex_);
        session_ = std::make_shared<Session>(order);
    }
    changed_.notify_all();
}

void CameraDesk::close() {
    {
        const std::lock_guard lock(mutex_);
        if (session_) session_->frames.close();
        session_.reset();
    }
    changed_.notify_all();
    forget();
}

void CameraDesk::forget() {
    const std::lock_guard lock(mutex_);
    picture_.reset();
}

std::optional<Frame> CameraDesk::take_picture() {
    const std::lock_guard lock(mutex_);
    return std::exchange(picture_, {});
}

std::shared_ptr<CameraDesk::Session> CameraDesk::next_session(
    const std::shared_ptr<Session>& before, const std::function<bool()>& over,
    const std::function<void()>& beat) {
    const auto came = [&] { return over() || (session_ && session_ != before); };
    std::unique_lock lock(mutex_);
    do {
        beat();
    } while (!changed_.wait_for(lock, kBeatEvery, came));
    return over() ? nullptr : session_;
}

bool CameraDesk::is_current(const std::shared_ptr<Session>& session) {
    const std::lock_guard lock(mutex_);
    return !closing_ && session_ == session;
}

void CameraDesk::report(const std::shared_ptr<Session>& session, Event event) {
    if (is_current(session)) outbox_.put(std::move(event));
}

// ── filming ──

std::unique_ptr<CameraDesk::Filming> CameraDesk::start_filming() {
    auto filming = std::make_unique<Filming>();
    filming->thread = std::thread([this, &self = *filming] { film(self); });
    return filming;
}

void CameraDesk::reopen() {
    const std::lock_guard lock(mutex_);
    if (closing_ || (stuck_ && !stuck_->ended)) return;
    if (stuck_) stuck_->thread.join();
    stuck_ = std::exchange(filming_, start_filming());
    stuck_->left = true;
    changed_.notify_all();
}

void CameraDesk::film(Filming& filming) {
    name_this_thread("filming");
    std::shared_ptr<Session> session;
    while ((session = next_session(
                session, [&] { return closing_ || filming.left; },
                [&] { beat_unless_one_is_stuck(); }))) {
        film_session(session, filming);
    }
    const std::lock_guard lock(mutex_);
    filming.ended = true;
}

void CameraDesk::film_session(const std::shared_ptr<Session>& session, Filming& filming) {
    while (is_wanted(session, filming)) {
        film_pictures(session, filming);
        if (!is_wanted(session, filming)) return;
        say_whether_it_works(session, false);
        rest(session, filming);
    }
}

void CameraDesk::film_pictures(const std::shared_ptr<Session>& session, Filming& filming) {
    auto camera = make_camera_();
    while (camera.ok()) {
        auto frame = (*camera)->next();
        if (!frame.ok() || !is_wanted(session, filming)) return;
        filming_heart_.beat();
        say_whether_it_works(session, true);
        show(session, *frame);
        session->frames.put(std::move(*frame));
    }
}

void CameraDesk::say_whether_it_works(const std::shared_ptr<Session>& session, bool works) {
    if (session->works.exchange(works) == works) return;
    const QuestionId camera = session->order.camera;
    report(session, works ? Event(CameraWorks{camera}) : Event(CameraFailed{camera}));
}

void CameraDesk::rest(const std::shared_ptr<Session>& session, Filming& filming) {
    const auto over = [&] { return closing_ || filming.left || session_ != session; };
    std::unique_lock lock(mutex_);
    for (Milliseconds rested{0}; rested < kTryAgainAfter; rested += kBeatEvery) {
        beat_unless_one_is_stuck();
        if (changed_.wait_for(lock, kBeatEvery, over)) return;
    }
}

bool CameraDesk::is_wanted(const std::shared_ptr<Session>& session, const Filming& filming) {
    const std::lock_guard lock(mutex_);
    return !closing_ && !filming.left && session_ == session;
}

void CameraDesk::beat_unless_one_is_stuck() {
    if (!stuck_ || stuck_->ended) filming_heart_.beat();
}

void CameraDesk::show(const std::shared_ptr<Session>& session, const Frame& frame) {
    if (session->order.use != CameraUse::Read) return;
    const Instant now = clock_.now();
    {
        const std::lock_guard lock(mutex_);
        const bool soon = now >= shown_at_ && now < shown_at_ + kShowEvery;
        if (session_ != session || soon) return;
        shown_at_ = now;
        picture_ = frame;
    }
    wake_();
}

// ── looking ──

void CameraDesk::look() {
    name_this_thread("looking");
    std::shared_ptr<Session> session;
    while ((session = next_session(
                session, [&] { return closing_; }, [&] { looking_heart_.beat(); }))) {
        look_session(session);
    }
}

void CameraDesk::look_session(const std::shared_ptr<Session>& session) {
    Looking looking;
    looking.seen_since = clock_.now();
    while (is_current(session)) {
        looking_heart_.beat();
        const auto frame = session->frames.take(kFramePatience);
        if (!frame) continue;
        if (session->order.use == CameraUse::Read) {
            read(session, looking, *frame);
        } else {
            watch(session, looking, *frame);
        }
    }
}

void CameraDesk::read(const std::shared_ptr<Session>& session, Looking& looking,
                      const Frame& frame) {
    std::shared_ptr<const TicketRules> rules;
    {
        const std::lock_guard lock(mutex_);
        rules = rules_;
    }
    if (!rules) return;
    const QuestionId camera = session->order.camera;
    const Instant now = clock_.now();
    const scan::Sighting sighting = looking.scanner.look(frame, now);
    std::vector<SeenCode> codes;
    for (const scan::Code& code : sighting.codes)
        codes.push_back({code.format, code.text.reveal()});
    if (const auto reading = looking.sight.look(codes, *rules, now)) {
        if (reading->ok()) {
            return report(session,
                          TicketScanned{camera, Personal((*reading)->ticket), (*reading)->record});
        }
        report(session, ScanRefused{camera, reading->error()});
    }
    const ScanHint hint = sighting.code_in_view ? ScanHint::HoldTicket
                                                : hint_of(scan::advice_for(scan::measure(frame)));
    if (hint != looking.seen || now < looking.seen_since) {
        looking.seen = hint;
        looking.seen_since = now;
    } else if (hint != looking.hint && now >= looking.seen_since + kHintAfter) {
        looking.hint = hint;
        report(session, ScanHinted{camera, hint});
    }
}

void CameraDesk::watch(const std::shared_ptr<Session>& session, Looking& looking,
                       const Frame& frame) {
    const QuestionId camera = session->order.camera;
    const Instant now = clock_.now();
    if (looking.scanner.look(frame, now).code_in_view) {
        looking.in_view_at = now;
        if (!looking.in_view) report(session, TicketInView{camera});
        looking.in_view = true;
    } else if (looking.in_view &&
               (now < looking.in_view_at || now >= looking.in_view_at + kGoneAfter)) {
        looking.in_view = false;
        report(session, TicketGone{camera});
    }
}

}  // namespace mado::kiosk
