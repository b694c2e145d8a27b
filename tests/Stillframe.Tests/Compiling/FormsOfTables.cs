using Stillframe.Compiling;

namespace Stillframe.Tests.Compiling;

public class FormsOfTables
{
    [Theory]
    [InlineData("`id` int(11) NOT NULL AUTO_INCREMENT,\n  PRIMARY KEY (`id`) USING BTREE", ") ENGINE=InnoDB AUTO_INCREMENT=7 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci COMMENT='CHECK (this) PARTITION BY'", null)]
    [InlineData("`CHECK` varchar(9) DEFAULT 'it''s GENERATED' COMMENT 'FULLTEXT \\' HASH'", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_general_ci", null)]
    [InlineData("`a` int(11) DEFAULT NULL CHECK (`a` > 1)", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", "it has something that is not proved: CHECK")]
    [InlineData("`a` int(11) GENERATED ALWAYS AS (1) VIRTUAL", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", "it has something that is not proved: GENERATED")]
    [InlineData("`a` text /*M!100301 COMPRESSED*/ DEFAULT NULL", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", "it has something that is not proved: COMPRESSED")]
    [InlineData("`a` int(11), UNIQUE KEY `a` (`a`) USING HASH", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", "it has something that is not proved: HASH")]
    [InlineData("`a` int(11)", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 `PAGE_COMPRESSED`=1", "it has options that are not proved: ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 ''=1")]
    [InlineData("`a` int(11)", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 STATS_PERSISTENT=0", "it has options that are not proved: ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 STATS_PERSISTENT=0")]
    [InlineData("`a` int(11)", ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4\n PARTITION BY HASH (`a`)", "it has options that are not proved: PARTITION BY HASH ('')")]
    public void Are_written_only_where_all_of_it_is_known(string columns, string options, string? reason) =>
        Assert.Equal(reason, TableForm.Of($"CREATE TABLE `t` (\n  {columns}\n{options}", "Dynamic").ServerBecause);

    [Fact]
    public void With_columns_of_json_are_written()
    {
        var form = TableForm.Of("CREATE TABLE `t` (\n  `a``b` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT 'a, b' CHECK (json_valid(`a``b`)),\n  `c` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`c`))\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", "Dynamic");
        Assert.Null(form.ServerBecause);
        Assert.Equal(["a`b", "c"], form.Json);
    }

    [Theory]
    [InlineData("`c` longtext DEFAULT NULL CHECK (json_valid(`d`))")]
    [InlineData("`c` longtext DEFAULT NULL CHECK (json_valid(`c`) and `c` <> '')")]
    [InlineData("`c` longtext DEFAULT NULL,\n  CONSTRAINT `c` CHECK (json_valid(`c`))")]
    public void With_other_checks_are_loaded(string columns) =>
        Assert.Equal("it has something that is not proved: CHECK", TableForm.Of($"CREATE TABLE `t` (\n  {columns}\n) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", "Dynamic").ServerBecause);

    [Fact]
    public void Of_another_row_format_are_loaded() => Assert.Equal("its row format is Compact", TableForm.Of("CREATE TABLE `t` (\n  `a` int(11)\n) ENGINE=InnoDB", "Compact").ServerBecause);

    [Theory]
    [InlineData(") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 ROW_FORMAT=DYNAMIC", true)]
    [InlineData(") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4", false)]
    public void Tell_whether_they_were_asked_to_be_dynamic(string options, bool isDynamic) => Assert.Equal(isDynamic, TableForm.Of($"CREATE TABLE `t` (\n  `a` int(11)\n{options}", "Dynamic").IsDynamic);
}
