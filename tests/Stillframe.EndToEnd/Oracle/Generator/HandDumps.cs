namespace Stillframe.EndToEnd.Oracle.Generator;

/// <summary>Dumps as people and their programs write them: phpMyAdmin, HeidiSQL, DBeaver, an editor.</summary>
static class HandDumps
{
    public static GeneratedDump Generate(Script script, int index, bool ordered)
    {
        var dice = script.Dice;
        if (dice.Chance(8))
            script.Raw("\uFEFF");
        script.Raw(dice.Pick(
            "", "", $"-- my tables{script.NewLine}",
            $"-- phpMyAdmin SQL Dump{script.NewLine}-- version 5.2.1{script.NewLine}-- https://www.phpmyadmin.net/{script.NewLine}--{script.NewLine}-- Host: localhost{script.NewLine}{script.NewLine}",
            $"-- --------------------------------------------------------{script.NewLine}-- Host:                         127.0.0.1{script.NewLine}-- HeidiSQL Version:             12.1.0.6537{script.NewLine}-- --------------------------------------------------------{script.NewLine}",
            $"/* made\r\n by hand; it's */{script.NewLine}".Replace("\r\n", script.NewLine, StringComparison.Ordinal)));
        if (dice.Chance(15))
        {
            HandScenes.SetMode(script, dice.Pick("NO_AUTO_VALUE_ON_ZERO", "", "ANSI_QUOTES,STRICT_TRANS_TABLES"));
            if (dice.Chance(50))
                script.Run("SET time_zone = \"+00:00\"".Replace('"', script.Session.AnsiQuotes ? '\'' : '"'));
        }

        NewSchema(script, script.Prefix + dice.Pick("db", "main", "a b", "q`t", "Data"));
        var scenes = dice.Between(1, 4);
        for (var i = 0; i < scenes; i++)
        {
            if (i > 0 && dice.Chance(12))
                NewSchema(script, script.Prefix + $"more{i}");
            dice.Pick(ordered && dice.Chance(70) ? HandScenes.Ordered : HandScenes.Independent)(script);
        }

        if (script.Tables.Count == 0) // a dump without any table is none
            script.Run("CREATE TABLE at_least (id INT PRIMARY KEY)");
        var first = new DumpPart($"{index}.sql", null, script.Pieces);
        return new(index, ordered ? "hand, ordered" : "hand", script.Prefix, dice.Chance(85) ? [first] : [first, Second(script, index)], script.MayBeRefused);
    }

    /// <summary>A second file goes on where the first has ended, in a session of its own.</summary>
    static DumpPart Second(Script script, int index)
    {
        var next = new Script(script.Dice, script.Prefix, script.IsCrlf) { Schema = script.Schema };
        if (script.Dice.Chance(50))
            next.Run($"USE {next.Id(script.Schema)}");
        next.Run("CREATE TABLE second_file (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20))");
        next.Run("INSERT INTO second_file (v) VALUES ('a\\'b'), ('')");
        HandScenes.Independent[script.Dice.Next(3)](next);
        return new($"{index}-2.sql", script.Schema, next.Pieces);
    }

    static void NewSchema(Script script, string name)
    {
        var dice = script.Dice;
        script.Run($"CREATE {dice.Pick("DATABASE", "SCHEMA")} {dice.Pick("", "IF NOT EXISTS ", "/*!32312 IF NOT EXISTS*/ ")}{script.Id(name)}{dice.Pick("", "", " DEFAULT CHARACTER SET utf8mb4", " /*!40100 DEFAULT CHARACTER SET latin1 COLLATE latin1_swedish_ci */", " CHARACTER SET utf8mb3 COLLATE utf8mb3_bin")}");
        if (dice.Chance(10))
            script.Raw($"USE {script.Id(name)}{script.NewLine}"); // the client takes it without a delimiter
        else
            script.Run($"{dice.Pick("USE", "use")} {script.Id(name)}");
        script.Schema = name;
    }
}
