#pragma once

// The folder that holds a town: its database, its keys, and what the running server tells the
// command line.
//
//   town.db               the store
//   authority.pem         the town CA's certificate; not secret
//   credentials/          authority.key and server.key, for the owner alone: the demo's way. In
//                         earnest both come from systemd's $CREDENTIALS_DIRECTORY, and the files go
//   rosters/              roster files for devices; made anew by each run
//   addresses.json        where the server listens, or listened last

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/platform/keys.h"

#include <filesystem>
#include <string>

namespace mado::server {

constexpr const char* kAuthorityKey = "authority.key";
constexpr const char* kServerKey = "server.key";

struct TownFolder {
    std::filesystem::path root;

    std::filesystem::path database() const { return root / "town.db"; }
    std::filesystem::path authority() const { return root / "authority.pem"; }
    std::filesystem::path credentials() const { return root / "credentials"; }
    std::filesystem::path rosters() const { return root / "rosters"; }
    std::filesystem::path addresses() const { return root / "addresses.json"; }
};

// As other machines reach the server.
struct Addresses {
    std::string residents;  // "host:port"
    std::string devices;
};
Result<void, IoError> write_addresses(const TownFolder& folder, const Addresses& addresses);
Result<Addresses, IoError> read_addresses(const TownFolder& folder);

struct TownKeys {
    Authority authority;
    PrivateKey server;
    bool from_files = false;  // they lie in the folder, which only a demo should do
};
Result<TownKeys, IoError> read_keys(const TownFolder& folder);
// The CA alone, where nothing is served.
Result<Authority, IoError> read_authority(const TownFolder& folder);
Result<std::string, IoError> read_authority_certificate(const TownFolder& folder);

// Makes the town's keys in a folder that exists.
Result<void, IoError> make_keys(const TownFolder& folder, const std::string& town, Instant now);

}  // namespace mado::server
