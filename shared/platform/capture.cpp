#include "shared/platform/capture.h"

#include "shared/base/text.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

namespace mado {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// What next() waits at most for a picture.
constexpr milliseconds kPatience{1000};
// Between two tries to open what is not there.
constexpr milliseconds kBetweenTries{500};
constexpr milliseconds kPicturePeriod{100};
constexpr double kFramesPerSecondMin = 1;
constexpr double kFramesPerSecondMax = 60;
// A ticket's smallest bar is then two pixels wide at arm's length; a camera that cannot gives less.
constexpr int kWidth = 1280;
constexpr int kHeight = 720;
constexpr std::int64_t kPixelsMax = 50'000'000;

Failure<IoError> unavailable(const std::string& what) {
    return fail(IoError{IoError::Kind::Unavailable, "camera: " + what});
}

// OpenCV says what is wrong with a file by an exception as often as by its result.
template <class Call>
bool succeeds(const Call& call) {
    try {
        return call();
    } catch (const std::exception&) {
        return false;
    }
}

std::optional<Frame> frame_from(const cv::Mat& picture) {
    if (picture.empty() || picture.depth() != CV_8U) return std::nullopt;
    if (static_cast<std::int64_t>(picture.total()) > kPixelsMax) return std::nullopt;
    Frame frame;
    frame.width = picture.cols;
    frame.height = picture.rows;
    frame.grey.resize(picture.total());
    frame.colour.resize(picture.total() * 3);
    cv::Mat grey(picture.rows, picture.cols, CV_8UC1, frame.grey.data());
    cv::Mat colour(picture.rows, picture.cols, CV_8UC3, frame.colour.data());
    switch (picture.channels()) {
        case 1:
            picture.copyTo(grey);
            cv::cvtColor(picture, colour, cv::COLOR_GRAY2BGR);
            return frame;
        case 3:
            cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
            picture.copyTo(colour);
            return frame;
        default:
            return std::nullopt;
    }
}

// Waits so that pictures come no faster than one in `period`.
class Pace {
  public:
    void wait(milliseconds period) {
        std::this_thread::sleep_until(due_);
        due_ = std::max(due_, Clock::now() - period) + period;
    }

  private:
    Clock::time_point due_ = Clock::now();
};

class Film final : public Camera {
  public:
    explicit Film(std::filesystem::path file) : file_(std::move(file)) {}

    bool open() {
        return succeeds([&] { return capture_.open(file_.string(), cv::CAP_FFMPEG); });
    }

    Result<Frame, IoError> next() override {
        std::error_code ignored;
        if (std::filesystem::is_regular_file(file_, ignored)) {
            auto frame = read();
            // The end, or a film that was away: from the beginning.
            if (!frame && open()) frame = read();
            if (frame) {
                pace_.wait(period());
                return *std::move(frame);
            }
        }
        capture_.release();
        std::this_thread::sleep_for(kBetweenTries);
        return unavailable("the film gives no picture");
    }

  private:
    std::optional<Frame> read() {
        std::optional<Frame> frame;
        succeeds([&] {
            cv::Mat picture;
            if (capture_.isOpened() && capture_.read(picture)) frame = frame_from(picture);
            return true;
        });
        return frame;
    }

    milliseconds period() const {
        const double rate = capture_.get(cv::CAP_PROP_FPS);
        if (!std::isfinite(rate) || rate <= 0) return kPicturePeriod;
        const double bounded = std::clamp(rate, kFramesPerSecondMin, kFramesPerSecondMax);
        return milliseconds(static_cast<int>(1000 / bounded));
    }

    std::filesystem::path file_;
    cv::VideoCapture capture_;
    Pace pace_;
};

class Folder final : public Camera {
  public:
    explicit Folder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    Result<Frame, IoError> next() override {
        // What is left of this round, and one whole round more; files that are no pictures are
        // passed over.
        for (int round = 0; round < 2; ++round) {
            while (at_ < files_.size()) {
                if (auto frame = read(files_[at_++])) {
                    pace_.wait(kPicturePeriod);
                    return *std::move(frame);
                }
            }
            list();
        }
        std::this_thread::sleep_for(kBetweenTries);
        return unavailable("the folder has no picture");
    }

  private:
    void list() {
        files_.clear();
        at_ = 0;
        std::error_code error;
        for (std::filesystem::directory_iterator entry(folder_, error), end; !error && entry != end;
             entry.increment(error)) {
            files_.push_back(entry->path());
        }
        std::sort(files_.begin(), files_.end());
    }

    static std::optional<Frame> read(const std::filesystem::path& file) {
        std::optional<Frame> frame;
        succeeds([&] {
            std::error_code ignored;
            if (!std::filesystem::is_regular_file(file, ignored)) return false;
            frame = frame_from(cv::imread(file.string(), cv::IMREAD_COLOR));
            return true;
        });
        return frame;
    }

    std::filesystem::path folder_;
    std::vector<std::filesystem::path> files_;
    std::size_t at_ = 0;
    Pace pace_;
};

// A thread of its own reads, since a camera that was unplugged may hold its reader for ten seconds,
// and so that the picture handed out is the newest and not the oldest of a queue.
class Device final : public Camera {
  public:
    explicit Device(std::string path) : path_(std::move(path)) {}
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    ~Device() override {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_all();
        if (reader_.joinable()) reader_.join();
    }

    bool open() {
        return succeeds([&] {
            if (!capture_.open(path_, cv::CAP_V4L2)) return false;
            capture_.set(cv::CAP_PROP_FRAME_WIDTH, kWidth);
            capture_.set(cv::CAP_PROP_FRAME_HEIGHT, kHeight);
            capture_.set(cv::CAP_PROP_BUFFERSIZE, 1);
            return true;
        });
    }

    void start() {
        reader_ = std::thread([this] { read_until_stopped(); });
    }

    Result<Frame, IoError> next() override {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, kPatience, [&] { return newest_.has_value(); })) {
            return unavailable("the device gives no picture");
        }
        return *std::exchange(newest_, std::nullopt);
    }

  private:
    void read_until_stopped() {
        while (!stopping()) {
            std::optional<Frame> frame;
            const bool read = succeeds([&] {
                cv::Mat picture;
                if (!capture_.isOpened() || !capture_.read(picture)) return false;
                frame = frame_from(picture);
                return true;
            });
            if (frame) hand_out(*std::move(frame));
            if (!read) open_again();
        }
    }

    void hand_out(Frame frame) {
        {
            const std::lock_guard lock(mutex_);
            newest_ = std::move(frame);
        }
        changed_.notify_all();
    }

    void open_again() {
        capture_.release();
        {
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, kBetweenTries, [&] { return stopping_; });
        }
        if (!stopping()) open();
    }

    bool stopping() {
        const std::lock_guard lock(mutex_);
        return stopping_;
    }

    std::string path_;
    cv::VideoCapture capture_;  // the reader's, once it runs
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<Frame> newest_;
    bool stopping_ = false;
    std::thread reader_;
};

}  // namespace

std::filesystem::path path_of_camera(const std::string& source) {
    return is_digits(source) ? "/dev/video" + source : source;
}

Result<std::unique_ptr<Camera>, IoError> open_camera(const std::string& source) {
    const auto path = path_of_camera(source);
    std::error_code ignored;
    const auto kind = std::filesystem::status(path, ignored).type();
    if (kind == std::filesystem::file_type::character) {
        auto device = std::make_unique<Device>(path.string());
        if (!device->open()) return unavailable("the device is no camera or is in use");
        device->start();
        return device;
    }
    if (kind == std::filesystem::file_type::directory) return std::make_unique<Folder>(path);
    if (kind == std::filesystem::file_type::regular) {
        auto film = std::make_unique<Film>(path);
        if (!film->open()) return unavailable("the file is no film");
        return film;
    }
    return unavailable("there is no such source");
}

}  // namespace mado
