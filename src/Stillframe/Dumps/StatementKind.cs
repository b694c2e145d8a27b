namespace Stillframe.Dumps;

/// <summary>What a statement of a dump does.</summary>
public enum StatementKind
{
    /// <summary>Anything not named below; it is run as it stands, and counts in the data version.</summary>
    Other,
    /// <summary><c>SET</c> of session and user variables.</summary>
    Session,
    /// <summary><c>START TRANSACTION</c>, <c>BEGIN</c>, <c>COMMIT</c>, <c>ROLLBACK</c>, <c>SAVEPOINT</c>.</summary>
    Transaction,
    /// <summary><c>LOCK TABLES</c>, <c>UNLOCK TABLES</c>.</summary>
    LockTables,
    /// <summary><c>CREATE DATABASE</c>.</summary>
    CreateSchema,
    /// <summary><c>DROP DATABASE</c>.</summary>
    DropSchema,
    /// <summary><c>USE</c>.</summary>
    UseSchema,
    /// <summary><c>CREATE TABLE</c>, but for temporary ones.</summary>
    CreateTable,
    /// <summary><c>DROP TABLE</c>, but for temporary ones.</summary>
    DropTable,
    /// <summary><c>ALTER TABLE</c>, <c>CREATE INDEX</c>, <c>DROP INDEX</c>.</summary>
    AlterTable,
    /// <summary><c>ALTER TABLE … DISABLE KEYS</c> or <c>ENABLE KEYS</c>, and nothing else.</summary>
    KeysToggle,
    /// <summary><c>INSERT … VALUES</c> or <c>REPLACE … VALUES</c>; see <see cref="RowsStatement"/>.</summary>
    Rows,
    /// <summary>First step of a two-step view: a table or view with the right columns and nothing in it.</summary>
    ViewPlaceholder,
    /// <summary><c>CREATE VIEW</c>.</summary>
    View,
    /// <summary><c>CREATE TRIGGER</c>.</summary>
    Trigger,
    /// <summary>A procedure, function or package.</summary>
    Routine,
    /// <summary><c>CREATE EVENT</c>.</summary>
    Event,
    /// <summary><c>DROP</c> of a view, trigger, routine, event or sequence.</summary>
    Drop,
    /// <summary>What a tool says of its server, such as <c>SET @@GLOBAL.GTID_PURGED</c>: kept as the source's position, not to be run.</summary>
    Ignored,
    /// <summary>Does not belong in a frame; comes only with <see cref="RefusedStatements.Skip"/>, not to be run.</summary>
    Refused,
}
