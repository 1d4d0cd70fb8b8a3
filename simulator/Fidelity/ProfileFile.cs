namespace ImovoSim.Fidelity;

internal static class ProfileFile
{
    /// <exception cref="SettingException">There is no such file, or it is wrong.</exception>
    public static Profile Read(string path)
    {
        try
        {
            return Profile.Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"Fidelity:Profile: {path} cannot be read: {e.Message.TrimEnd('.')}. Set it to a profile, or leave it out.");
        }
    }
}
