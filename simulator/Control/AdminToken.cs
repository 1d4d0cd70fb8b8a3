using System.Security.Cryptography;
using System.Text;
using ImovoSim.Wire;

namespace ImovoSim.Control;

/// <summary>What proves that a caller may steer all clients; kept as a hash, so that no log and no dump can have it.</summary>
internal sealed class AdminToken
{
    public const int Shortest = 16;
    public const int Longest = 256;
    public const string Closed = "closed: set Admin:Token, or Admin:Token_FILE";
    private const string Scheme = "Bearer ";
    private readonly byte[]? _hash;

    /// <param name="setting">The token that was set, or null.</param>
    /// <param name="logIsKept">Whether what is said goes to a log that others read later. Then none is made, for it could be shown nowhere.</param>
    public AdminToken(string? setting, bool logIsKept)
    {
        if (setting is null && logIsKept)
            return;
        // A secret, not simulated chance: it must not follow from anything that a caller can know.
        var token = setting ?? RandomNumberGenerator.GetHexString(40, lowercase: true);
        Line = setting is null ? $"\nThe admin token of this run is {token}: set Admin:Token to have one of your own." : "";
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    public bool Exists => _hash is not null;

    /// <summary>Shows, at the start and never again, the token that was made because none was set.</summary>
    public string Line { get; } = "";

    public static bool HasForm(string token) =>
        token.Length is >= Shortest and <= Longest && token.All(character => character is > ' ' and <= '~');

    /// <summary>Null, or the answer to a caller without it.</summary>
    public Answer? Refuses(HttpRequest request)
    {
        if (_hash is null)
            return Unauthorized($"The routes under /_sim/admin are {Closed}, to 16 to 256 visible ASCII characters. None is made at the start where the log is JSON.");
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
