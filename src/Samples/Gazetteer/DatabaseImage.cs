namespace Gazetteer;

static class DatabaseImage
{
    public const string DataVersion = "0000000000000000000000000000000000000000000000000000000000000000";
    public const string Repository = "gazetteer-db";
}
