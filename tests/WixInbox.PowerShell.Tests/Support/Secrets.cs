using System.Security;

namespace WixInbox.PowerShell.Tests.Support;

/// <summary>Secrets as cmdlets take them, and one that is known wherever it is seen.</summary>
internal static class Secrets
{
    public const string Marker = "canary-7c1e";

    public static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text)
        {
            secure.AppendChar(character);
        }

        return secure;
    }

    /// <summary>Makes a session that has the one that is known in <c>$secret</c>.</summary>
    public static Engine NewEngine()
    {
        var engine = new Engine();
        engine.Set("secret", Secure(Marker));
        return engine;
    }
}
