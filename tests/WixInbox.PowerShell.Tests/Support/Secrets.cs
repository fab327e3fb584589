using System.Security;

namespace WixInbox.PowerShell.Tests.Support;

internal static class Secrets
{
    public static SecureString Secure(string text)
    {
        var secure = new SecureString();
        foreach (var character in text)
        {
            secure.AppendChar(character);
        }

        return secure;
    }
}
