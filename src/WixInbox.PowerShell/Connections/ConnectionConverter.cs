using System.Management.Automation;

namespace WixInbox.Connections;

/// <summary>
/// Makes no connection of anything, and says so in words that help. What comes out of a file, a job or another computer is a picture of a connection, without
/// its secret and its sockets.
/// </summary>
public sealed class ConnectionConverter : PSTypeConverter
{
    /// <inheritdoc/>
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => true;

    /// <inheritdoc/>
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new PSInvalidCastException(PSObject.AsPSObject(sourceValue).TypeNames.Contains("Deserialized." + typeof(WixInboxConnection).FullName)
            ? "This is a copy of a connection, as a file, a job or another computer gives it, and has no secret. Run Connect-WixInbox where the command runs: in the job's or the remote script block itself."
            : "This is no connection. Connect-WixInbox -PassThru gives one, and Connect-WixInbox -Sandbox -PassThru one to rehearse with.");

    /// <inheritdoc/>
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) => throw new PSInvalidCastException();
}
