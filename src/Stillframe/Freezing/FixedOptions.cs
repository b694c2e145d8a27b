using Stillframe.Connections;

namespace Stillframe.Freezing;

/// <summary>
/// Options that a user can't set, since without each of them as it is a frame would write, not start, not be reached or not be what was verified.
/// Where a name is here, its beginnings are fixed as well: the server takes abbreviations (only some releases can be told not to).
/// </summary>
static class FixedOptions
{
    static readonly string[] Names =
    [
        // what makes it read-only
        "innodb_read_only", "read_only", "skip_innodb", "innodb_force_recovery", "default_tmp_storage_engine", "event_scheduler",

        // of MySQL alone
        "super_read_only", "mysqlx", "innodb_temp_tablespaces_dir", "innodb_directories", "replica_load_tmpdir", "skip_replica_start", "init_replica", "admin_address", "admin_port", "early_plugin_load", "initialize", "initialize_insecure", "upgrade", "persisted_globals_load", "daemonize", "mysqlx_port", "mysqlx_bind_address", "mysqlx_socket",

        // its files: one layer's data, two temporary directories
        "datadir", "tmpdir", "slave_load_tmpdir", "basedir", "aria_log_dir_path", "log_ddl_recovery", "innodb_data_home_dir", "innodb_data_file_path",
        "innodb_undo_directory", "innodb_log_group_home_dir", "innodb_tmpdir", "innodb_temp_data_file_path", "wsrep_data_home_dir", "secure_file_priv", "ignore_db_dirs",

        // nobody reads or rotates a file in a container: what the server has to say goes to its standard error
        "log_bin", "log_bin_index", "log_basename", "log_error", "log_tc", "log_output", "general_log_file", "slow_query_log_file", "log_slow_query_file",
        "log_isam", "innodb_status_file", "master_info_file", "relay_log_index", "relay_log_info_file", "slave_start", "init_slave",

        // how it is reached
        "networking", "port", "extra_port", "bind_address", "socket", "pid_file", "chroot", "user", "grant_tables",

        // code and statements from elsewhere
        "plugin_load_add", "plugin_dir", "init_file",

        // what is no server any more, or has to come first
        "bootstrap", "help", "version", "verbose", "install", "remove", "print_defaults", "no_defaults", "defaults_file", "defaults_extra_file",
        "defaults_group_suffix", "getopt_prefix_matching",
    ];

    /// <summary>The fixed option that this name may stand for; null where it is none.</summary>
    public static string? Find(string name) =>
        OptionName.Meanings(name).Select(meaning => Array.Find(Names, known => known.StartsWith(meaning, StringComparison.Ordinal))).FirstOrDefault(found => found is not null);
}
