/** The form of an ODS code: 3 to 15 capital letters and digits. Whether an organisation has it is for the directory to say. */
export const ODS_CODE = /^[A-Z0-9]{3,15}$/;
