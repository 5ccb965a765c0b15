#pragma once

// The central server of a simulated town: the product's own routes, command queue, booking and
// store, with a timeline where the real one has threads and sockets.

#include "shared/base/sha256.h"
#include "shared/platform/keys.h"
#include "sync/server/api/routes.h"
#include "sync/server/store/sqlite_store.h"
#include "tests/simulation/timeline.h"

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace mado::simulation {

class ServerMachine {
  public:
    // Called with no value where the server dies before it has answered.
    using Answered = std::function<void(std::optional<server::Reply>)>;
    using Decided = std::function<void(const server::Outcome&)>;

    // `folder` holds the database once create() has made it, `rosters` the files that are made anew
    // at each start. `committed` is called after each transaction.
    ServerMachine(Timeline& timeline, const std::filesystem::path& folder,
                  std::filesystem::path rosters, std::function<void()> committed);
    ~ServerMachine();

    // An empty town's database.
    void create();
    // Unavailable and so on where the database cannot be opened.
    Result<void, IoError> start();
    // As kill -9: what was not committed is gone, and so is every connection.
    void kill();
    bool runs() const { return routes_ != nullptr; }

    // A request as it comes through the devices' door.
    void handle(server::Request request, Answered answered);
    // A command of another channel; `decided` may stay uncalled where the server dies.
    void command(server::Command command, Decided decided);
    // What staff do by the command line, which is a process of its own beside the server.
    server::Outcome by_hand(const server::Command& command);

    MachineClock& clock() { return clock_; }
    const std::filesystem::path& database() const { return database_; }
    int commits() const { return commits_; }
    int failures() const { return failures_; }

    const PrivateKey& town_key() const { return town_key_; }

  private:
    void schedule();
    void carry_out();
    void look_at_the_feed();
    void look_around();

    Timeline& timeline_;
    MachineClock clock_;
    std::filesystem::path database_;
    std::filesystem::path rosters_;
    const PrivateKey town_key_ = PrivateKey::generate();
    std::function<void()> committed_;

    std::unique_ptr<server::Store> store_;
    std::optional<server::CommandQueue> queue_;
    std::unique_ptr<server::Routes> routes_;
    std::optional<Instant> next_batch_;
    bool feed_moved_ = false;  // somebody committed, and the polls have not been told

    // Whatever was begun by an earlier run of the program finds another number here.
    int run_ = 0;
    std::int64_t exchange_next_ = 0;
    std::map<std::int64_t, Answered> exchanges_;
    int commits_ = 0;
    int failures_ = 0;
};

}  // namespace mado::simulation
