#pragma once

// The camera, and what is read before it: carries out OpenCamera, CloseCamera and ForgetCapture,
// and reports tickets, wrong codes, hints and whether a ticket lies in view.
//
// One thread films and one looks, so that a frame that is hard to read never makes the picture
// stand. The camera is open only while the flow wants it. Frames and codes belong to one opening:
// what an earlier one still brings is dropped.
//
// A camera that says that it gives no picture is closed and opened again here, as often as it
// takes. One that says nothing, since its driver does not come back from a call, holds the thread
// that films, and nobody can take a thread out of a driver: reopen() leaves it there and films with
// another.

#include "kiosk/flow/kiosk_flow.h"
#include "kiosk/shell/outbox.h"
#include "shared/domain/ticket.h"
#include "shared/platform/watchdog.h"
#include "shared/ports/camera.h"
#include "shared/ports/clock.h"
#include "shared/scan/newest_frame.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace mado::kiosk {

using CameraMaker = std::function<Result<std::unique_ptr<Camera>, IoError>()>;

class CameraDesk {
  public:
    // `outbox` and `clock` outlive the desk. `wake` is called when a picture is there to be shown.
    CameraDesk(CameraMaker make_camera, Clock& clock, Outbox& outbox, std::function<void()> wake);
    ~CameraDesk();
    CameraDesk(const CameraDesk&) = delete;
    CameraDesk& operator=(const CameraDesk&) = delete;

    // What tells a right ticket from a wrong one; without them nothing is read.
    void learn(TicketRules rules);

    void open(const OpenCamera& order);
    void close();
    // Drops the picture that waits to be shown and all that was read.
    void forget();

    // The newest picture that was not shown yet, while tickets are being read.
    std::optional<Frame> take_picture();

    // Opens the camera once more, with another thread, where the one that films is stuck. Nothing
    // happens while an earlier one is stuck still: then only a new start of the program can help.
    // For any thread.
    void reopen();

    // Beats while the camera films or rests, and while one that fails is tried again. Beside a
    // thread that is stuck it beats for pictures alone: a camera that was opened twice has to show
    // that it works.
    const Heart& filming_heart() const { return filming_heart_; }
    // Beats while pictures are looked at or none has come.
    const Heart& looking_heart() const { return looking_heart_; }

  private:
    struct Session;
    struct Filming;
    struct Looking;

    std::unique_ptr<Filming> start_filming();
    void film(Filming& filming);
    void film_session(const std::shared_ptr<Session>& session, Filming& filming);
    // Opens the camera and films for as long as it gives pictures; closes it.
    void film_pictures(const std::shared_ptr<Session>& session, Filming& filming);
    void say_whether_it_works(const std::shared_ptr<Session>& session, bool works);
    void rest(const std::shared_ptr<Session>& session, Filming& filming);
    bool is_wanted(const std::shared_ptr<Session>& session, const Filming& filming);
    // With the mutex held.
    void beat_unless_one_is_stuck();
    void look();
    void look_session(const std::shared_ptr<Session>& session);
    void read(const std::shared_ptr<Session>& session, Looking& looking, const Frame& frame);
    void watch(const std::shared_ptr<Session>& session, Looking& looking, const Frame& frame);

    // The next session after `before`, once there is one; null when `over` says so. Calls both with
    // the mutex held, `beat` while it waits.
    std::shared_ptr<Session> next_session(const std::shared_ptr<Session>& before,
                                          const std::function<bool()>& over,
                                          const std::function<void()>& beat);
    bool is_current(const std::shared_ptr<Session>& session);
    void report(const std::shared_ptr<Session>& session, Event event);
    void show(const std::shared_ptr<Session>& session, const Frame& frame);

    CameraMaker make_camera_;
    Clock& clock_;
    Outbox& outbox_;
    std::function<void()> wake_;
    Heart filming_heart_;
    Heart looking_heart_;

    std::mutex mutex_;  // guards all that follows
    std::condition_variable changed_;
    bool closing_ = false;
    std::shared_ptr<Session> session_;  // null: the camera is closed
    std::shared_ptr<const TicketRules> rules_;
    std::optional<Frame> picture_;
    Instant shown_at_{};
    std::unique_ptr<Filming> stuck_;  // was left where it stood; null: none was
    std::unique_ptr<Filming> filming_;

    std::thread looking_;
};

}  // namespace mado::kiosk
