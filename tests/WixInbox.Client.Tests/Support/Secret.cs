using System.Security;

namespace WixInbox.Tests;

/// <summary>Secrets to sign with.</summary>
internal static class Secret
{
    /// <summary>A value that would be seen wherever it leaked to.</summary>
    public const string Canary = "IST.c4n4ry-0f-th3-t3sts";

    public static SecureString Of(string value)
    {
        var secret = new SecureString();
        foreach (var character in value)
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Everything that an exception says, with all those in it.</summary>
    public static void IsNotIn(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            Assert.DoesNotContain(Canary, exception.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(Canary, exception.Message, StringComparison.Ordinal);
        }
    }
}
