using Stillframe.Connections;

namespace Stillframe.Loading;

/// <summary>
/// Server variables that decide about files on disk or what a statement means: a frame that is to run with one of these must be loaded with it,
/// and its system tables made with it.
/// </summary>
static class StorageOptions
{
    static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "character_set_server", "collation_server", "default_storage_engine", "default_time_zone", "default_week_format", "explicit_defaults_for_timestamp",
        "ft_max_word_len", "ft_min_word_len", "ft_stopword_file", "innodb_default_row_format", "innodb_ft_enable_stopword",
        "innodb_ft_max_token_size", "innodb_ft_min_token_size", "innodb_page_size", "innodb_strict_mode", "lower_case_table_names",
        "system_versioning_alter_history", "time_zone",
    };

    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, string> serverOptions) =>
        [.. from option in serverOptions
            where OptionName.Meanings(option.Key).Any(Names.Contains)
            let name = OptionName.Canonical(option.Key)
            orderby name
            select ServerOption.Format(name, option.Value)];
}
