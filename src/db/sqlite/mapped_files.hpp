#pragma once

namespace symbolon::db::sqlite {

/// The name of a way for SQLite to open files (sqlite.org/vfs.html), the default one but for this: a connection with
/// `PRAGMA mmap_size` above 0 reads the database's pages where the kernel caches them. SQLite's own mapping ends at 2
/// GiB, is renewed after every commit, and lets the kernel read megabytes around a page that is not in memory. This one
/// is made once for all connections of the process and reaches far beyond the file's end, so that the file can grow.
///
/// A file that is opened this way is opened this way only: when the last connection closes it, closing our descriptor
/// drops every lock that the process has on it. An error of the disk under a mapped page ends the process (SIGBUS);
/// nothing that was answered is lost by that.
const char* mapped_files();

}  // namespace symbolon::db::sqlite
