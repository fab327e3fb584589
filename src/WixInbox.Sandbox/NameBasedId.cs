using System.Security.Cryptography;
using System.Text;

namespace WixInbox.Sandbox;

/// <summary>
/// GUIDs that are made from a name, so that the same thing has the same id in every sandbox. All of Wix's documented
/// conversation ids are such GUIDs (version 3); how it makes them is not known. Ours are hashed with SHA-256 in place
/// of MD5, which some machines forbid, and are marked as version 3 all the same.
/// </summary>
internal static class NameBasedId
{
    /// <summary>Makes the id of a name.</summary>
    /// <param name="name">The name. It begins with the kind of thing, so that no two kinds share an id.</param>
    /// <returns>A GUID in lower case, with hyphens.</returns>
    public static string Of(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
#if NET
        var hash = SHA256.HashData(bytes);
#else
        using var sha256 = SHA256.Create();
        var hash = sha256.ComputeHash(bytes);
#endif
        var guid = new byte[16];
        Array.Copy(hash, guid, guid.Length);

        // In a Guid's byte order the version is the high half of byte 7 and the variant the top bits of byte 8.
        guid[7] = (byte)((guid[7] & 0x0F) | 0x30);
        guid[8] = (byte)((guid[8] & 0x3F) | 0x80);
        return new Guid(guid).ToString("D");
    }
}
