using System.Security.Cryptography;
using System.Text;

namespace WixInbox.Sandbox;

/// <summary>
/// Ids made from names. All of Wix's documented conversation ids are version-3 UUIDs, which are made from a name, so the
/// same participant always has the same one; the recipe is not known. Ours hashes with SHA-256 instead of MD5, which some
/// machines forbid, and marks the result as version 3 as Wix's ids are.
/// </summary>
internal static class ConversationIds
{
    public static string FromName(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
#if NET
        byte[] hash = SHA256.HashData(bytes);
#else
        using SHA256 sha256 = SHA256.Create();
        byte[] hash = sha256.ComputeHash(bytes);
#endif
        var guid = new byte[16];
        Array.Copy(hash, guid, guid.Length);

        // In a Guid's byte order the version is the high half of byte 7 and the variant the top bits of byte 8.
        guid[7] = (byte)((guid[7] & 0x0F) | 0x30);
        guid[8] = (byte)((guid[8] & 0x3F) | 0x80);
        return new Guid(guid).ToString("D");
    }
}
