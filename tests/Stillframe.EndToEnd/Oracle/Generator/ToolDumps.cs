namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>Dumps as mariadb-dump and mysqldump write them, but of things made up here.</summary>
static class ToolDumps
{
    public static GeneratedDump Generate(Script script, int index, bool ordered)
    {
        var dice = script.Dice;
        var compact = dice.Chance(12);
        var schema = script.Prefix + dice.Pick("app", "shop", "my db", "Wiki");
        var named = !compact && dice.Chance(60);
        if (!compact)
            Header(script, schema);
        Prelude(script, compact);
        if (named || compact)
        {
            script.Raw($"{script.NewLine}CREATE DATABASE /*!32312 IF NOT EXISTS*/ `{schema}` /*!40100 DEFAULT CHARACTER SET {dice.Pick("utf8mb4", "latin1")} */;{script.NewLine}");
            script.Raw($"{script.NewLine}USE `{schema}`;{script.NewLine}");
        }

        script.Schema = schema;
        var tables = Enumerable.Range(0, dice.Between(1, 4)).Select(_ => new ToolTable(script, compact)).ToList();
        var views = dice.Chance(40);
        foreach (var table in tables)
            table.Write(before: ordered && dice.Chance(30));
        if (views)
            View(script, tables[0].Name, dice.Chance(50));
        if (dice.Chance(25))
            Routine(script);
        if (!compact)
            Postlude(script);
        return new(index, compact ? "tool, compact" : ordered ? "tool, ordered" : "tool", script.Prefix, [new($"{index}.sql", named || compact ? null : schema, script.Pieces)], script.MayBeRefused);
    }

    static void Header(Script script, string schema)
    {
        var dice = script.Dice;
        var nl = script.NewLine;
        script.Raw(dice.Pick(
            $"/*M!999999\\- enable the sandbox mode */ {nl}-- MariaDB dump 10.19-11.4.2-MariaDB, for Linux (x86_64){nl}",
            $"/*!999999\\- enable the sandbox mode */ {nl}-- MariaDB dump 10.19  Distrib 10.11.8-MariaDB, for debian-linux-gnu (x86_64){nl}",
            $"-- MySQL dump 10.13  Distrib 5.7.44, for Linux (x86_64){nl}",
            $"-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64){nl}",
            $"-- MySQL dump 10.13  Distrib 9.1.0, for Linux (x86_64){nl}"));
        script.Raw($"--{nl}-- Host: localhost    Database: {schema}{nl}-- ------------------------------------------------------{nl}-- Server version\t{dice.Pick("5.7.44-log", "8.0.36", "11.4.2-MariaDB-ubu2404", "10.11.8-MariaDB")}{nl}{nl}");
    }

    static void Prelude(Script script, bool compact)
    {
        var dice = script.Dice;
        if (compact)
        {
            script.Together("/*!40101 SET @saved_cs_client     = @@character_set_client */", "/*!40101 SET character_set_client = utf8mb4 */");
            return;
        }

        var charset = dice.Pick("utf8mb4", "utf8mb4", "utf8mb4", "utf8mb3", "latin1");
        script.Together(
            "/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */",
            "/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */",
            "/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */",
            $"/*!40101 SET NAMES {charset} */");
        script.Session = script.Session with { Charset = charset, Mode = "NO_AUTO_VALUE_ON_ZERO" };
        if (dice.Chance(85))
            script.Together("/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */", "/*!40103 SET TIME_ZONE='+00:00' */");
        else
            script.Together("/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */");
        script.Together(
            "/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */",
            "/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */",
            "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */",
            dice.Pick("/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */", "/*M!100616 SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY, NOTE_VERBOSITY=0 */"));
    }

    static void Postlude(Script script)
    {
        var notes = script.Pieces.Any(piece => System.Text.Encoding.ASCII.GetString(piece).Contains("@OLD_SQL_NOTES", StringComparison.Ordinal));
        script.Together(
            script.Pieces.Any(piece => System.Text.Encoding.ASCII.GetString(piece).Contains("SET TIME_ZONE", StringComparison.Ordinal)) ? "/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */" : "/*!40103 SET @a=1 */",
            "/*!40101 SET SQL_MODE=@OLD_SQL_MODE */",
            "/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */",
            "/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */",
            "/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */",
            "/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */",
            "/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */",
            notes ? "/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */" : "/*M!100616 SET NOTE_VERBOSITY=@OLD_NOTE_VERBOSITY */");
        script.Raw($"{script.NewLine}-- Dump completed{script.Dice.Pick("", " on 2026-01-02  3:04:05")}{script.NewLine}");
    }

    static void View(Script script, string table, bool asTable)
    {
        var nl = script.NewLine;
        var view = script.NewName("view").Replace("`", "``", StringComparison.Ordinal);
        script.Together("SET @saved_cs_client     = @@character_set_client", "SET character_set_client = utf8mb4");
        script.Raw(asTable
            ? $"/*!50001 DROP VIEW IF EXISTS `{view}`*/;{nl}/*!50001 CREATE TABLE `{view}` ({nl}  `x` tinyint NOT NULL,{nl}  `n` tinyint NOT NULL{nl}) ENGINE=MyISAM */;{nl}"
            : $"/*!50001 DROP VIEW IF EXISTS `{view}`*/;{nl}/*!50001 CREATE VIEW `{view}` AS SELECT{nl} 1 AS `x`,{nl}  1 AS `n`*/;{nl}");
        script.Together("SET character_set_client = @saved_cs_client");
        if (asTable)
            script.Raw($"/*!50001 DROP TABLE IF EXISTS `{view}`*/;{nl}");
        script.Together(
            "/*!50001 SET @saved_cs_client          = @@character_set_client */", "/*!50001 SET @saved_cs_results         = @@character_set_results */", "/*!50001 SET @saved_col_connection     = @@collation_connection */",
            "/*!50001 SET character_set_client      = utf8mb4 */", "/*!50001 SET character_set_results     = utf8mb4 */", $"/*!50001 SET collation_connection      = {script.Dice.Pick("utf8mb4_general_ci", "utf8mb4_unicode_ci")} */");
        script.Raw($"{(asTable ? "" : $"/*!50001 DROP VIEW IF EXISTS `{view}`*/;{nl}")}/*!50001 CREATE ALGORITHM=UNDEFINED */{nl}/*!50013 DEFINER=`app`@`%` SQL SECURITY {script.Dice.Pick("DEFINER", "INVOKER")} */{nl}/*!50001 VIEW `{view}` AS select 'x;' AS `x`,count(0) AS `n` from `{table.Replace("`", "``", StringComparison.Ordinal)}` */;{nl}");
        script.Together("/*!50001 SET character_set_client      = @saved_cs_client */", "/*!50001 SET character_set_results     = @saved_cs_results */", "/*!50001 SET collation_connection      = @saved_col_connection */");
    }

    public static void Program(Script script, string body)
    {
        var nl = script.NewLine;
        script.Together("/*!50003 SET @saved_cs_client      = @@character_set_client */ ", "/*!50003 SET @saved_cs_results     = @@character_set_results */ ", "/*!50003 SET @saved_col_connection = @@collation_connection */ ",
            "/*!50003 SET character_set_client  = utf8mb4 */ ", "/*!50003 SET character_set_results = utf8mb4 */ ", "/*!50003 SET collation_connection  = utf8mb4_unicode_ci */ ", "/*!50003 SET @saved_sql_mode       = @@sql_mode */ ", $"/*!50003 SET sql_mode              = '{script.Dice.Pick("STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION", "", "ANSI_QUOTES")}' */ ");
        script.Raw($"DELIMITER ;;{nl}{body.ReplaceLineEndings(nl)} ;;{nl}DELIMITER ;{nl}");
        script.Together("/*!50003 SET sql_mode              = @saved_sql_mode */ ", "/*!50003 SET character_set_client  = @saved_cs_client */ ", "/*!50003 SET character_set_results = @saved_cs_results */ ", "/*!50003 SET collation_connection  = @saved_col_connection */ ");
    }

    static void Routine(Script script) => Program(script, script.Dice.Pick(
        $"CREATE DEFINER=`app`@`%` PROCEDURE `p{script.NewName("r").Replace("`", "``", StringComparison.Ordinal)}`(a INT)\nBEGIN\n  -- it's; a comment\n  SELECT a;\nEND",
        $"CREATE DEFINER=`root`@`localhost` FUNCTION `{script.NewName("f").Replace("`", "``", StringComparison.Ordinal)}`(a INT) RETURNS varchar(20) CHARSET utf8mb4 COLLATE utf8mb4_unicode_ci\n    DETERMINISTIC\nreturn concat('x;', a)",
        $"/*!50106 CREATE*/ /*!50117 DEFINER=`root`@`localhost`*/ /*!50106 EVENT `{script.NewName("e").Replace("`", "``", StringComparison.Ordinal)}` ON SCHEDULE EVERY 1 DAY STARTS '2031-01-01 00:00:00' ON COMPLETION NOT PRESERVE DISABLE DO BEGIN SELECT 1; END */"));
}
