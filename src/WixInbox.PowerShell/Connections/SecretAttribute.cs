using System.Management.Automation;
using System.Security;
using WixInbox.Rows;

namespace WixInbox.Connections;

/// <summary>
/// Takes a secret as a SecureString, or as the password of a credential, which is what vaults give. A plain string is
/// refused in words that do not repeat it, where the engine's own refusal would.
/// </summary>
internal sealed class SecretAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = RowValues.Unwrap(inputData);
        return value switch
        {
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            string => throw new ArgumentTransformationMetadataException(
                "A secret is not accepted as plain text, since it would stay in histories and logs. "
                    + "Give a SecureString, from Get-Secret or Read-Host -AsSecureString."),
            _ => throw new ArgumentTransformationMetadataException(
                "A secret has to be a SecureString, as Get-Secret and Read-Host -AsSecureString return it, and not a "
                    + $"{value?.GetType().Name ?? "null"}."),
        };
    }
}
