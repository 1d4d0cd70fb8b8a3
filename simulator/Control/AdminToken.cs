using System.Security.Cryptography;
using System.Text;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>What proves that a caller may steer all clients; kept as a hash, so that no log and no dump can have it.</summary>
internal sealed class AdminToken
{
    public const int Shortest = 16;
    public const int Longest = 256;
    private const string Scheme = "Bearer ";
    private readonly byte[] _hash;

    public AdminToken(string? setting)
    {
        // A secret, not simulated chance: it must not follow from anything that a caller can know.
        var token = setting ?? RandomNumberGenerator.GetHexString(40, lowercase: true);
        Line = setting is null ? $"\nThe admin token of this run is {token}: set Admin:Token to have one of your own." : "";
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    /// <summary>Shows, at the start and never again, the token that was made because none was set.</summary>
    public string Line { get; }

    public static bool HasForm(string token) =>
        token.Length is >= Shortest and <= Longest && token.All(character => character is > ' ' and <= '~');

    /// <summary>Null, or the answer to a caller without it.</summary>
    public Answer? Refuses(HttpRequest request)
    {
        var given = request.Headers.Authorization;
        if (given.Count != 1 || given[0] is not { } header || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Unauthorized("This route concerns all clients: send Authorization: Bearer TOKEN with the token of the setting Admin:Token, or the one printed at the start.");
        return CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())))
            ? null
            : Unauthorized("The admin token is not this one.");
    }

    private static Answer Unauthorized(string detail) =>
        ControlProblem.Of(StatusCodes.Status401Unauthorized, detail) with { Header = "WWW-Authenticate", HeaderValue = "Bearer" };
}
