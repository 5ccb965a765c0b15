#include "tests/simulation/disk_vfs.h"

#include "tests/simulation/disk_locks.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <new>
#include <optional>

#include <sqlite3.h>

namespace mado::tests {

// What SQLite's callbacks find by the VFS.
struct DiskVfs::State {
    State(DiskPlaces& where, DiskWorld& what) : places(where), world(what) {}

    DiskPlaces& places;
    DiskWorld& world;
    sqlite3_vfs* linux_vfs = nullptr;
    sqlite3_vfs vfs{};
    int system_errno = 0;
    // Takes SQLite's temporary files, which no town is to see fail.
    Disk temporary{0};
    int temporary_files = 0;
};

namespace {

using State = DiskVfs::State;

// An open file: what SQLite holds a pointer to.
struct Connection {
    State& state;
    Disk& disk;
    std::string name;
    OpenFile file;
    ConnectionLocks locks;
    // SQLite on Linux syncs the folder when it first syncs a log or journal that it has made.
    bool folder_sync_due;
    bool removed_when_closed;
};

struct SqliteFile {
    sqlite3_file base;
    Connection* connection;
};

Connection& connection_of(sqlite3_file* file) {
    return *reinterpret_cast<SqliteFile*>(file)->connection;
}

State& state_of(sqlite3_vfs* vfs) {
    return *static_cast<State*>(vfs->pAppData);
}

// `failing` is SQLite's code for a drive that cannot do this.
int code_of(State& state, DiskTrouble trouble, int failing) {
    state.system_errno = trouble == DiskTrouble::Full      ? ENOSPC
                         : trouble == DiskTrouble::Missing ? ENOENT
                                                           : EIO;
    return trouble == DiskTrouble::Full ? SQLITE_FULL : failing;
}

template <class T>
int code_of(State& state, const DiskResult<T>& result, int failing) {
    return result.ok() ? SQLITE_OK : code_of(state, result.error(), failing);
}

// ---- of a file

int close_file(sqlite3_file* file) {
    Connection* const connection = &connection_of(file);
    if (connection->removed_when_closed) (void)connection->disk.remove(connection->name);
    delete connection;
    file->pMethods = nullptr;
    return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* into, int count, sqlite3_int64 offset) {
    Connection& connection = connection_of(file);
    const std::span wanted(static_cast<std::uint8_t*>(into), static_cast<std::size_t>(count));
    const auto got =
        connection.disk.read(connection.file, static_cast<std::size_t>(offset), wanted);
    if (!got.ok()) return code_of(connection.state, got, SQLITE_IOERR_READ);
    if (*got == wanted.size()) return SQLITE_OK;
    std::ranges::fill(wanted.subspan(*got), std::uint8_t{0});
    return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset) {
    Connection& connection = connection_of(file);
    const std::span bytes(static_cast<const std::uint8_t*>(from), static_cast<std::size_t>(count));
    return code_of(connection.state,
                   connection.disk.write(connection.file, static_cast<std::size_t>(offset), bytes),
                   SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    Connection& connection = connection_of(file);
    return code_of(connection.state,
                   connection.disk.resize(connection.file, static_cast<std::size_t>(size)),
                   SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* file, int /*flags*/) {
    Connection& connection = connection_of(file);
    const auto synced = connection.disk.sync(connection.file);
    if (!synced.ok()) return code_of(connection.state, synced, SQLITE_IOERR_FSYNC);
    if (!connection.folder_sync_due) return SQLITE_OK;
    const auto folder = connection.disk.sync_folder(folder_of(connection.name));
    if (!folder.ok()) return code_of(connection.state, folder, SQLITE_IOERR_DIR_FSYNC);
    connection.folder_sync_due = false;
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    Connection& connection = connection_of(file);
    const auto found = connection.disk.size(connection.file);
    if (!found.ok()) return code_of(connection.state, found, SQLITE_IOERR_FSTAT);
    *size = static_cast<sqlite3_int64>(*found);
    return SQLITE_OK;
}

int lock_file(sqlite3_file* file, int level) {
    Connection& connection = connection_of(file);
    if (!connection.disk.usable(connection.file)) return SQLITE_IOERR_LOCK;
    return connection.locks.raise(static_cast<LockLevel>(level)) ? SQLITE_OK : SQLITE_BUSY;
}

int unlock_file(sqlite3_file* file, int level) {
    connection_of(file).locks.lower(static_cast<LockLevel>(level));
    return SQLITE_OK;
}

int check_reserved_lock(sqlite3_file* file, int* reserved) {
    Connection& connection = connection_of(file);
    if (!connection.disk.usable(connection.file)) return SQLITE_IOERR_CHECKRESERVEDLOCK;
    *reserved = connection.locks.anybody_reserved() ? 1 : 0;
    return SQLITE_OK;
}

int control_file(sqlite3_file* /*file*/, int /*wish*/, void* /*argument*/) {
    return SQLITE_NOTFOUND;
}

int sector_bytes(sqlite3_file* /*file*/) {
    return 4096;
}

int characteristics(sqlite3_file* /*file*/) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int map_shared(sqlite3_file* file, int region, int bytes, int extend, void volatile** memory) {
    Connection& connection = connection_of(file);
    *memory = nullptr;
    if (!connection.disk.usable(connection.file)) return SQLITE_IOERR_SHMMAP;
    const auto index = static_cast<std::size_t>(region);
    const bool makes = extend != 0 && !connection.locks.has_memory(index);
    if (makes) {
        const auto shared = connection.disk.share_memory(bytes);
        if (!shared.ok()) {
            (void)code_of(connection.state, shared, SQLITE_IOERR_SHMSIZE);
            return SQLITE_IOERR_SHMSIZE;
        }
    }
    *memory = connection.locks.memory(index, makes ? static_cast<std::size_t>(bytes) : 0);
    return SQLITE_OK;
}

int lock_shared(sqlite3_file* file, int first, int count, int flags) {
    Connection& connection = connection_of(file);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        connection.locks.unlock_log(first, count);
        return SQLITE_OK;
    }
    if (!connection.disk.usable(connection.file)) return SQLITE_IOERR_SHMLOCK;
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    return connection.locks.lock_log(first, count, exclusive) ? SQLITE_OK : SQLITE_BUSY;
}

void barrier(sqlite3_file* /*file*/) {
    // All connections are one thread's.
}

int unmap_shared(sqlite3_file* file, int /*delete_it*/) {
    connection_of(file).locks.leave_memory();
    return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {2,
                                     close_file,
                                     read_file,
                                     write_file,
                                     truncate_file,
                                     sync_file,
                                     file_size,
                                     lock_file,
                                     unlock_file,
                                     check_reserved_lock,
                                     control_file,
                                     sector_bytes,
                                     characteristics,
                                     map_shared,
                                     lock_shared,
                                     barrier,
                                     unmap_shared,
                                     nullptr,
                                     nullptr};

// ---- of the VFS

std::shared_ptr<Connections> connections_of(DiskFile& file) {
    auto connections = file.connections.lock();
    if (!connections) {
        connections = std::make_shared<Connections>();
        file.connections = connections;
    }
    return connections;
}

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    State& state = state_of(vfs);
    file->pMethods = nullptr;
    auto place = path == nullptr
                     ? PlaceOnDisk{&state.temporary, std::to_string(++state.temporary_files)}
                     : state.places.place_of(path);
    if (!place) return state.linux_vfs->xOpen(state.linux_vfs, path, file, flags, out_flags);

    const bool makes = (flags & SQLITE_OPEN_CREATE) != 0;
    auto found = place->disk->find(place->name);
    const bool is_new = found.ok() && *found == nullptr;
    auto opened = place->disk->open(
        place->name, makes ? Disk::Opening::MakeWhereMissing : Disk::Opening::Existing);
    if (!opened.ok()) return code_of(state, opened, SQLITE_CANTOPEN);

    const bool is_log =
        (flags & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
    auto connections = connections_of(*opened->file);
    reinterpret_cast<SqliteFile*>(file)->connection =
        new Connection{state,
                       *place->disk,
                       std::move(place->name),
                       std::move(opened).value(),
                       ConnectionLocks(std::move(connections)),
                       is_log && is_new,
                       (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
    file->pMethods = &kMethods;
    if (out_flags != nullptr) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    State& state = state_of(vfs);
    const auto place = state.places.place_of(path);
    if (!place) return state.linux_vfs->xDelete(state.linux_vfs, path, sync_folder);
    const auto removed = place->disk->remove(place->name);
    if (!removed.ok()) {
        return code_of(state, removed,
                       removed.error() == DiskTrouble::Missing ? SQLITE_IOERR_DELETE_NOENT
                                                               : SQLITE_IOERR_DELETE);
    }
    if (sync_folder == 0) return SQLITE_OK;
    return code_of(state, place->disk->sync_folder(folder_of(place->name)), SQLITE_IOERR_DIR_FSYNC);
}

int access_file(sqlite3_vfs* vfs, const char* path, int wish, int* answer) {
    State& state = state_of(vfs);
    const auto place = state.places.place_of(path);
    if (!place) return state.linux_vfs->xAccess(state.linux_vfs, path, wish, answer);
    const auto found = place->disk->find(place->name);
    if (!found.ok()) return code_of(state, found, SQLITE_IOERR_ACCESS);
    // An empty file counts as none, as it does in SQLite's own.
    const bool there = *found && (wish != SQLITE_ACCESS_EXISTS || !(*found)->bytes().empty());
    *answer = there ? 1 : 0;
    return SQLITE_OK;
}

int full_path(sqlite3_vfs* vfs, const char* path, int bytes, char* out) {
    State& state = state_of(vfs);
    if (!state.places.place_of(path))
        return state.linux_vfs->xFullPathname(state.linux_vfs, path, bytes, out);
    const std::size_t length = std::strlen(path);
    if (length >= static_cast<std::size_t>(bytes)) return SQLITE_CANTOPEN;
    std::memcpy(out, path, length + 1);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs* vfs, int bytes, char* out) {
    state_of(vfs).world.chance.fill(
        {reinterpret_cast<std::uint8_t*>(out), static_cast<std::size_t>(bytes)});
    return bytes;
}

int sleep_for(sqlite3_vfs* vfs, int microseconds) {
    state_of(vfs).world.sleep(
        std::chrono::ceil<Milliseconds>(std::chrono::microseconds(microseconds)));
    return microseconds;
}

// Milliseconds since noon of the first day that Julian dates count.
int current_time(sqlite3_vfs* vfs, sqlite3_int64* now) {
    constexpr sqlite3_int64 kOf1970 = 210'866'760'000'000;
    *now = kOf1970 + state_of(vfs).world.clock.now().time_since_epoch().count();
    return SQLITE_OK;
}

int current_day(sqlite3_vfs* vfs, double* now) {
    sqlite3_int64 milliseconds = 0;
    current_time(vfs, &milliseconds);
    *now = static_cast<double>(milliseconds) / 86'400'000.0;
    return SQLITE_OK;
}

int last_error(sqlite3_vfs* vfs, int /*bytes*/, char* /*text*/) {
    return state_of(vfs).system_errno;
}

}  // namespace

DiskVfs::DiskVfs(DiskPlaces& places, DiskWorld& world)
    : state_(std::make_unique<State>(places, world)) {
    State& state = *state_;
    state.linux_vfs = sqlite3_vfs_find(nullptr);
    MADO_CHECK(state.linux_vfs != nullptr);
    state.vfs = *state.linux_vfs;
    state.vfs.szOsFile = std::max(state.linux_vfs->szOsFile, static_cast<int>(sizeof(SqliteFile)));
    state.vfs.zName = "mado-simulation";
    state.vfs.pNext = nullptr;
    state.vfs.pAppData = &state;
    state.vfs.xOpen = open_file;
    state.vfs.xDelete = delete_file;
    state.vfs.xAccess = access_file;
    state.vfs.xFullPathname = full_path;
    state.vfs.xRandomness = randomness;
    state.vfs.xSleep = sleep_for;
    state.vfs.xCurrentTime = current_day;
    state.vfs.xCurrentTimeInt64 = current_time;
    state.vfs.xGetLastError = last_error;
    MADO_CHECK(sqlite3_vfs_register(&state.vfs, 1) == SQLITE_OK);
    // SQLite's own generator was sown by whoever came before.
    sqlite3_randomness(0, nullptr);
}

DiskVfs::~DiskVfs() {
    sqlite3_vfs_unregister(&state_->vfs);
    sqlite3_vfs_register(state_->linux_vfs, 1);
    sqlite3_randomness(0, nullptr);
}

}  // namespace mado::tests
