namespace ImovoSim;

/// <summary>Secrets that come as files, as containers are handed them: a setting NAME_FILE is where NAME stands.</summary>
internal static class SecretFiles
{
    private const string Suffix = "_FILE";

    /// <exception cref="SettingException">A file cannot be read, or its setting is given as well.</exception>
    public static void Read(IConfigurationManager configuration)
    {
        string[] secrets = ["Store", "Admin:Token", "Delivery:Smtp", .. configuration.GetSection("Clients").GetChildren().Select(client => $"{client.Path}:Key")];
        foreach (var secret in secrets)
        {
            if (configuration[secret + Suffix] is not { Length: > 0 } path)
                continue;
            if (configuration[secret] is { Length: > 0 })
                throw new SettingException($"{secret} and {secret}{Suffix} are both set: leave one out.");
            try
            {
                configuration[secret] = File.ReadAllText(path).TrimEnd('\r', '\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SettingException($"{secret}{Suffix} cannot be read: {e.Message.TrimEnd('.')}. Set it to a file that holds nothing but the value.");
            }

            if (configuration[secret]!.Length == 0)
                throw new SettingException($"{secret}{Suffix} is {path}, which is empty: put the value into it.");
        }
    }
}
