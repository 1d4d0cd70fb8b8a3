using Microsoft.Data.Sqlite;

namespace ImovoSim.Storage;

/// <summary>The rows of what the admin set for all clients in the SQLite file.</summary>
internal sealed class SqliteSettings(SqliteConnection connection)
{
    public string? Find(string name)
    {
        using var command = new SqliteCommand("SELECT json FROM setting WHERE name = $name", connection) { Parameters = { new SqliteParameter("$name", name) } };
        return (string?)command.ExecuteScalar();
    }

    public void Put(string name, string? json)
    {
        using var command = new SqliteCommand(
            json is null ? "DELETE FROM setting WHERE name = $name" : "INSERT OR REPLACE INTO setting VALUES ($name, $json)", connection)
        {
            Parameters = { new SqliteParameter("$name", name), new SqliteParameter("$json", json ?? "") },
        };
        command.ExecuteNonQuery();
    }
}
