#pragma once

// A disk in memory that misbehaves on order, for one simulated machine.
//
// Every file has what programs see and what is durable (disk_file.h), and so has every name: a
// file that was made or removed is so for certain only once its folder was synced; until then a
// power cut may leave each name as it was at any time since. (Ext4's log would keep the order of
// names among each other; here each goes its own way, which is worse. A rename is not modelled:
// nothing that lives on these disks renames.) Folders need not be made and cannot be lost. What a
// program does here is told by the same seed and the same calls alone.
//
// Orders come from the town, calls from programs by way of disks.h. One thread.

#include "shared/base/result.h"
#include "tests/simulation/disk_file.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mado::tests {

enum class DiskTrouble {
    Dead,     // cut off, or the file was open when the power went or the process died
    Failing,  // the drive says it cannot
    Full,
    Missing,  // no such file
};

// Of a name within a disk; empty for one at its top.
std::string_view folder_of(std::string_view name);

template <class T>
using DiskResult = Result<T, DiskTrouble>;

// What can be made to fail.
enum class DiskCall { Open, Read, Write, Sync, Remove, ShareMemory };
constexpr std::size_t kDiskCalls = 6;

// What has happened so far, so that a test can tell whether its cases were interesting.
struct DiskCounts {
    std::int64_t reads = 0;
    std::int64_t writes = 0;  // with resizes
    std::int64_t syncs = 0;
    std::int64_t failed = 0;  // calls that were made to fail, or that found no room
    std::int64_t kills = 0;
    std::int64_t power_cuts = 0;
    std::int64_t cuts_that_lost = 0;  // power cuts after which something unsynced was gone or torn
    std::int64_t writes_lost = 0;
    std::int64_t writes_torn = 0;
    std::int64_t names_lost = 0;  // made and gone, or removed and back

    bool operator==(const DiskCounts&) const = default;
};

// All files by name, as of a disk that lies on the table.
using DiskImage = std::map<std::string, Bytes, std::less<>>;

// Lets a program reach a file until the process dies.
struct OpenFile {
    std::shared_ptr<DiskFile> file;
    std::int64_t life = 0;
};

class Disk {
  public:
    explicit Disk(std::uint64_t seed) : dice_(seed) {}

    // ---- orders
    // The machine stands still and starts again: every unsynced write and name is lost, torn or
    // kept. Files that were open are dead.
    void power_cut();
    // The process dies: what it wrote stays, synced or not. Files that were open are dead.
    void kill();
    // The `changes`-th write, resize, sync, removal or new file from now on is never heard to end,
    // and no call after it succeeds, until power_cut(), kill() or restore(). 1 is the next one. A
    // write has got as far as any of its pages.
    void cut_after(std::int64_t changes);
    // True from that call on.
    bool cut_off() const { return cut_off_; }
    // Files together may hold so many bytes; writing in place needs none. No value: no end.
    void set_room(std::optional<std::int64_t> bytes) { room_ = bytes; }
    // No room for one byte more than there is now.
    void fill_up() { room_ = bytes_held(); }
    void fail_next(DiskCall call, int times);
    // By chance, until heal().
    void fail_share(DiskCall call, int percent);
    // Neither a failure nor a cut is to come.
    void heal();

    // As programs see it now. Onto another disk it is a clone.
    DiskImage image() const;
    // Puts an old disk, or another one's, in the place of this. Files that were open are dead.
    void restore(const DiskImage& image);

    const DiskCounts& counts() const { return counts_; }
    std::int64_t bytes_held() const;

    // ---- calls; names are paths within the disk
    enum class Opening { Existing, MakeWhereMissing };
    DiskResult<OpenFile> open(std::string_view name, Opening opening);
    bool usable(const OpenFile& opened) const;
    // Bytes that were there to read; fewer than asked for at the end.
    DiskResult<std::size_t> read(const OpenFile& opened, std::size_t offset,
                                 std::span<std::uint8_t> into);
    // Where the room ends within it, what has room is written.
    DiskResult<void> write(const OpenFile& opened, std::size_t offset,
                           std::span<const std::uint8_t> bytes);
    DiskResult<void> resize(const OpenFile& opened, std::size_t bytes);
    DiskResult<std::size_t> size(const OpenFile& opened) const;
    DiskResult<void> sync(const OpenFile& opened);
    // The names in the folder of this name.
    // Empty for the top.
    DiskResult<void> sync_folder(std::string_view folder);
    DiskResult<void> remove(std::string_view name);
    // No value where there is none.
    DiskResult<std::shared_ptr<const DiskFile>> find(std::string_view name) const;
    // With the folder's.
    DiskResult<std::vector<std::string>> names_in(std::string_view folder) const;
    // Whether memory that processes share could be made so much larger; it takes no room for good.
    DiskResult<void> share_memory(std::int64_t more_bytes);

  private:
    // What a name has stood for since its folder was synced: the first is durable, the last is
    // seen. No file: the name is free.
    using Versions = std::vector<std::shared_ptr<DiskFile>>;

    std::shared_ptr<DiskFile> seen(std::string_view name) const;
    void rename_to(std::string_view name, std::shared_ptr<DiskFile> file);
    // False once the disk is cut off; at the crash point the call may still get somewhere.
    enum class Course { Goes, BreaksOff };
    DiskResult<Course> begin_change();
    DiskResult<void> begin(DiskCall call);
    std::size_t room_for_growth_to(const DiskFile& file, std::size_t wanted) const;
    void end_processes();

    Dice dice_;
    std::map<std::string, Versions, std::less<>> names_;
    std::int64_t life_ = 1;
    std::optional<std::int64_t> changes_left_;
    bool cut_off_ = false;
    std::optional<std::int64_t> room_;
    std::array<int, kDiskCalls> fail_times_{};
    std::array<int, kDiskCalls> fail_percent_{};
    DiskCounts counts_;
};

}  // namespace mado::tests
