namespace Stillframe.Tablespaces;

/// <summary>Rows come in another order than that of the primary key: they are to be put in order first.</summary>
sealed class RowOrderException() : Exception("Its rows are not in the order of its primary key.");
