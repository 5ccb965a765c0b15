#pragma once

// The camera, and what is read before it: carries out OpenCamera, CloseCamera and ForgetCapture,
// and reports tickets, wrong codes, hints and whether a ticket lies in view.
//
// One thread films and one looks, so that a frame that is hard to read never makes the picture
// stand. The camera is open only while the flow wants it. Frames and codes belong to one opening:
// what an earlier one still brings is dropped.

#include "kiosk/flow/kiosk_flow.h"
#include "kiosk/shell/outbox.h"
#include "shared/domain/ticket.h"
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

  private:
    struct Session;
    struct Looking;

    void film();
    void film_session(const std::shared_ptr<Session>& session);
    void look();
    void look_session(const std::shared_ptr<Session>& session);
    void read(const std::shared_ptr<Session>& session, Looking& looking, const Frame& frame);
    void watch(const std::shared_ptr<Session>& session, Looking& looking, const Frame& frame);

    // The next session after `before`, once there is one; null when the desk closes.
    std::shared_ptr<Session> next_session(const std::shared_ptr<Session>& before);
    bool is_current(const std::shared_ptr<Session>& session);
    void report(const std::shared_ptr<Session>& session, Event event);
    void show(const std::shared_ptr<Session>& session, const Frame& frame);

    CameraMaker make_camera_;
    Clock& clock_;
    Outbox& outbox_;
    std::function<void()> wake_;

    std::mutex mutex_;  // guards all that follows
    std::condition_variable changed_;
    bool closing_ = false;
    std::shared_ptr<Session> session_;  // null: the camera is closed
    std::shared_ptr<const TicketRules> rules_;
    std::optional<Frame> picture_;
    Instant shown_at_{};

    std::thread filming_;
    std::thread looking_;
};

}  // namespace mado::kiosk
