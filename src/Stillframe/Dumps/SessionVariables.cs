namespace Stillframe.Dumps;

/// <summary>Which session variables a dump may set, and what that means for the rows that follow.</summary>
internal static class SessionVariables
{
    /// <summary>They say nothing about rows: what the client is told, how long it waits, how the server goes about its work.</summary>
    static readonly HashSet<string> WithoutMeaning = new(StringComparer.Ordinal)
    {
        "character_set_results", "sql_notes", "note_verbosity", "sql_warnings", "sql_quote_show_create", "max_allowed_packet", "net_buffer_length", "net_read_timeout",
        "net_write_timeout", "net_retry_count", "wait_timeout", "interactive_timeout", "lock_wait_timeout", "innodb_lock_wait_timeout", "max_statement_time",
        "max_execution_time", "sql_big_selects", "max_join_size", "big_tables", "bulk_insert_buffer_size", "sort_buffer_size", "join_buffer_size", "read_buffer_size",
        "read_rnd_buffer_size", "tmp_table_size", "max_heap_table_size", "tmp_memory_table_size", "myisam_sort_buffer_size", "query_cache_type", "profiling",
        "transaction", "tx_isolation", "transaction_isolation", "tx_read_only", "transaction_read_only", "completion_type", "low_priority_updates", "sql_low_priority_updates",
        "information_schema_stats_expiry", "show_create_table_skip_secondary_engine", "show_create_table_verbosity", "rocksdb_bulk_load", "rocksdb_skip_fill_cache",
        "optimizer_switch", "group_concat_max_len", "max_sp_recursion_depth", "sql_auto_is_null", "updatable_views_with_limit", "sql_safe_updates",
        // followed by the reader itself, or what rows depend on
        "autocommit", "foreign_key_checks", "unique_checks", "check_constraint_checks",
    };

    /// <summary>Of the server that was dumped; an account without rights may not set them, and no frame writes a log.</summary>
    static readonly HashSet<string> OfReplication = new(StringComparer.Ordinal)
    {
        "sql_log_bin", "sql_log_off", "binlog_format", "binlog_row_image", "gtid_next", "gtid_domain_id", "gtid_seq_no", "server_id", "pseudo_slave_mode", "pseudo_replica_mode",
        "pseudo_thread_id", "rbr_exec_mode", "original_commit_timestamp", "immediate_server_version", "original_server_version",
        "skip_replication", "session_track_gtids", "default_collation_for_utf8mb4", "sql_require_primary_key", "sql_generate_invisible_primary_key",
    };

    /// <summary>Rows, tables or programs depend on them; they go along with the rows, and count in fingerprints.</summary>
    static readonly HashSet<string> WithRows = new(StringComparer.Ordinal)
    {
        "names", "character_set_client", "character_set_connection", "collation_connection", "sql_mode", "time_zone", "timestamp", "explicit_defaults_for_timestamp",
        "auto_increment_increment", "auto_increment_offset", "default_storage_engine", "storage_engine", "old_mode",
    };

    public static bool IsOfReplication(string name) => OfReplication.Contains(name);

    /// <summary>Whether the reader knows what setting it means; a dump that sets any other is run in its own order.</summary>
    public static bool IsKnown(string name) => name.StartsWith('@') || WithoutMeaning.Contains(name) || OfReplication.Contains(name) || WithRows.Contains(name);

    /// <summary>Nothing but the session itself can tell that it was set.</summary>
    public static bool IsWithoutMeaning(string name) => WithoutMeaning.Contains(name);

    public static bool CountsForRows(string name) => !name.StartsWith('@') && !WithoutMeaning.Contains(name) && !OfReplication.Contains(name);
}
